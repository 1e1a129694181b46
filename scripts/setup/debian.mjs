import { SetupError } from './errors.mjs';
import { mustRun, outputOf, run, step } from './run.mjs';

/** Electron's libraries; where a release renamed one, any of its names will do. */
const forWindows = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libgbm1'],
  ['libdrm2'],
  ['libxss1'],
  ['libcups2', 'libcups2t64'],
  ['fonts-noto-cjk'],
];

/**
 * A screen where there is none, real callers and mail servers, a browser for the public page, network namespaces with bad
 * lines, a keyring, a second user who looks for what the first has written, and the making of a .deb.
 */
const forTests = [
  ['xvfb'],
  ['xauth'],
  ['sip-tester'],
  ['baresip-core'],
  ['sox'],
  ['chromium'],
  ['dovecot-imapd'],
  ['dovecot-lmtpd'],
  ['python3-aiosmtpd'],
  ['python3'],
  ['iproute2'],
  ['mount'],
  ['sqlite3'],
  ['dbus'],
  ['gnome-keyring'],
  ['passwd'],
  ['util-linux'],
  ['fakeroot'],
  ['dpkg'],
];

/** What our own .deb depends on, for the test that installs it. */
const forPackage = [
  ['libnotify4'],
  ['xdg-utils'],
  ['libatspi2.0-0', 'libatspi2.0-0t64'],
  ['libxcb-dri3-0'],
  ['libsecret-1-0'],
  ['libglib2.0-bin'],
];

/** What compiling a native module takes. */
export const compilers = [['python3'], ['make'], ['g++']];

/** @param {'start' | 'test'} purpose */
export const installDebianPackages = (purpose) =>
  bring([...forWindows, ...(purpose === 'test' ? [...forTests, ...forPackage] : [])]);

/**
 * Installs what is missing, or stops with the command that would.
 *
 * @param {readonly (readonly string[])[]} wanted For each need, the packages any of which meets it.
 */
export const bring = async (wanted) => {
  if (process.platform !== 'linux') return;
  const missing = await missingOf(wanted);
  if (missing.length === 0) return;
  const asRoot = await rootPrefix();
  if (!asRoot) throw new SetupError(askFor(missing.map(([first]) => first ?? '')));
  await step(`Debian packages: ${missing.map(([first]) => first).join(' ')}`, async () => {
    /** @param {readonly string[]} args @returns {Parameters<typeof run>} */
    const apt = (args) => {
      const [command = '', ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
      return [command, rest, { output: 'hide' }];
    };
    // A stale list may still do, so only the install below must succeed.
    await run(...apt(['update', '-q']));
    const names = await namesHere(missing);
    const install = withoutServices(apt(['install', '-yq', '--no-install-recommends', ...names]));
    await mustRun(`${askFor(names)}\n(apt-get failed: see its words above.)`, ...install);
  });
};

/**
 * Debian starts what it installs, now and at every boot. What is brought for tests starts nothing: the
 * policy that Debian asks for is put there for as long as the installing takes, and Dovecot, where it was
 * not there before, is not to come up at the next boot either.
 */
const quietly = `
policy=/usr/sbin/policy-rc.d
had_dovecot=$(command -v /usr/sbin/dovecot)
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod 755 $policy
fi
"$@"
code=$?
if [ -z "$had_dovecot" ] && [ -x /usr/sbin/dovecot ] && command -v systemctl > /dev/null; then
  systemctl disable --quiet dovecot.service dovecot.socket 2> /dev/null
fi
exit $code`;

/** @param {Parameters<typeof run>} command @returns {Parameters<typeof run>} */
const withoutServices = ([command, args, options]) => {
  // `env` stands behind sudo, where there is one: all that needs root comes after it.
  const whole = [command, ...args];
  const at = whole.indexOf('env');
  const [program = '', ...rest] = [...whole.slice(0, at), 'sh', '-c', quietly, 'sh', ...whole.slice(at)];
  return [program, rest, options];
};

/** @param {readonly string[]} names */
const askFor = (names) =>
  'These Debian packages are missing and may not be installed from here. Run this, then try again:\n' +
  `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;

/** @param {readonly (readonly string[])[]} wanted */
const missingOf = async (wanted) => {
  const all = await outputOf('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n']);
  if (all === undefined) {
    console.log('• no dpkg here: the libraries of Electron are left to you (README, "Other systems")');
    return [];
  }
  const installed = new Set(all.split('\n').flatMap((line) => (line.endsWith(' installed') ? line.split(' ', 1) : [])));
  return wanted.filter((names) => !names.some((name) => installed.has(name)));
};

/** What to put before a command that needs root; undefined where we may not be root. */
const rootPrefix = async () => {
  if (process.getuid?.() === 0) return [];
  return (await run('sudo', ['-n', 'true'], { output: 'hide-all' })) === 0 ? ['sudo', '-n'] : undefined;
};

/** The name each package goes by in this release. @param {readonly (readonly string[])[]} missing */
const namesHere = (missing) =>
  Promise.all(
    missing.map(async (names) => {
      for (const name of names) {
        const policy = await outputOf('apt-cache', ['policy', name]);
        if (policy && !policy.includes('Candidate: (none)')) return name;
      }
      return names[0] ?? '';
    }),
  );
