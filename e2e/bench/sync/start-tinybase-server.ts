import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import type { StartServer } from './server.ts';

const program = join(import.meta.dirname, 'peers/tinybase-server.mjs');

export const startTinyBaseServer: StartServer = async (folder, forms) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'forms.jsonl');
  writeFileSync(file, forms.map((form) => `${JSON.stringify(form)}\n`).join(''));
  const port = await freePort();
  const server = spawn(process.execPath, [program, String(port), folder, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.stdout.once('data', () => resolve());
    server.once('exit', (code) => reject(new Error(`TinyBase's server ended with ${code}`)));
  });
  return {
    url: `ws://127.0.0.1:${port}/forms`,
    stop: () => {
      server.kill();
      return gone;
    },
  };
};
