/**
 * `npm run bench:sync`: the desk's cache and its sync, beside peers, as the data grow, and with many desks. Every part is run, unless some are
 * named: `npm run bench:sync peers growth`.
 */
import { join } from 'node:path';
import { SetupError } from './setup/errors.mjs';
import { installedAsLocked } from './setup/packages.mjs';
import { nodePath, root } from './setup/paths.mjs';
import { mustRun, run, step, toolEnv } from './setup/run.mjs';
import { setUpOrExit } from './setup.mjs';

const parts = {
  peers: 'e2e/bench/sync-beside-peers.ts',
  growth: 'e2e/bench/sync-growth.ts',
  'fan-out': 'e2e/bench/sync/fan-out.ts',
};

const peers = join(root, 'e2e/bench/sync/peers');

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

await setUpOrExit('test');
const wanted = Object.entries(parts).filter(([name]) => asked.length === 0 || asked.includes(name));
try {
  if (wanted.some(([name]) => name === 'peers') && !installedAsLocked(peers)) {
    await step('install what is compared with (PouchDB, TinyBase; about 100 MB, once)', () =>
      // Their binaries come in their packages: no script of theirs is run.
      mustRun('npm could not install the peers', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: peers,
        env: toolEnv(),
      }),
    );
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}
let failed = 0;
for (const [name, file] of wanted) {
  console.log(`\n== ${name}`);
  if ((await run(nodePath, [file], { env: toolEnv() })) !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
