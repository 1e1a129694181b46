/** `npm start`: the centre with demo staff and one desk, on this machine. Ends when the desk is closed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { electronPath } from './electron-path.mjs';
import { nodePath, root } from './setup/paths.mjs';
import { run, toolEnv } from './setup/run.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('start');

if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  console.error('There is no screen here for the desk. `npm run try` does the whole main job without one.');
  process.exit(1);
}
const isRoot = process.getuid?.() === 0;
if (isRoot) console.warn('Started as root: Chromium has no sandbox for root. For trying out only.');

mkdirSync(join(root, 'data'), { recursive: true });
const server = spawn(nodePath, ['server/main.ts'], {
  cwd: root,
  env: { ...toolEnv(), ZUOXI_DATA: join(root, 'data'), ZUOXI_DEMO: '1' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(server, 'exit').then(() => false);
const listening = new Promise((resolve) => {
  createInterface({ input: server.stdout }).on('line', (line) => {
    if (line.includes('"msg":"listening"')) resolve(true);
  });
});
if (!(await Promise.race([listening, ended]))) process.exit(1);

console.log('The centre is up. Sign in with 1001 and the password zuoxi-1001; a SIP phone calls sip:1000@127.0.0.1.');
const desk = await run(electronPath(), [root, ...(isRoot ? ['--no-sandbox'] : [])]);
server.kill('SIGTERM');
await ended;
process.exit(desk ?? 1);
