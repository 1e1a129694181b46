import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The real server as a process of its own. */
export interface ServerProcess {
  /** A figure of its `/metrics`, summed over its labels. */
  readonly figure: (name: string) => Promise<number>;
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
  readonly lines: readonly string[];
}

export const startServer = async (environment: Readonly<Record<string, string>>): Promise<ServerProcess> => {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, '../../main.ts')], {
    env: { ...process.env, ZUOXI_HTTP_PORT: '0', ZUOXI_SIP_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const listening = new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (line.includes('"msg":"listening"')) {
          const { http }: { http: number } = JSON.parse(line);
          resolve(http);
        }
      });
    }
    child.once('exit', () => reject(new Error(`the server ended at its start:\n${lines.join('\n')}`)));
  });
  const port = await listening;
  return {
    lines,
    figure: async (name) => {
      const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return page
        .split('\n')
        .filter((line) => line.startsWith(name) && /[ {]/.test(line.charAt(name.length)))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    },
    end: async (signal) => {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
};
