import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { StartServer } from './server.ts';

const program = join(import.meta.dirname, 'peers/node_modules/pouchdb-server/bin/pouchdb-server');
const formsAtOnce = 1_000;

/** pouchdb-server as it ships, on LevelDB; it writes no line for each request. */
export const startPouchServer: StartServer = async (folder, forms) => {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ log: { level: 'none' } }));
  const server = spawn(process.execPath, [program, '--port', String(port), '--no-stdout-logs'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}/forms`;
  const send = async (method: string, path: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`pouchdb-server: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  };
  await untilUp(`http://127.0.0.1:${port}/`);
  await send('PUT', '', {});
  for (let from = 0; from < forms.length; from += formsAtOnce) {
    const docs = forms.slice(from, from + formsAtOnce).map(({ id, ...rest }) => ({ _id: id, ...rest }));
    await send('POST', '/_bulk_docs', { docs });
  }
  return {
    url,
    stop: () => {
      server.kill();
      return gone;
    },
  };
};

const untilUp = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await after(100);
  }
  throw new Error(`nothing answers at ${url}`);
};
