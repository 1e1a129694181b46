import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Amounts } from './engines/engine.ts';
import { type Asked, type Keystroke, type Told, told } from './run.ts';

/** An engine that has the data and waits for key presses. */
export interface StartedEngine {
  readonly press: (keystroke: Keystroke) => Promise<{ readonly ms: number; readonly ids: readonly number[] }>;
  /** Resident bytes over its process when it was empty. */
  readonly rss: () => Promise<number>;
  readonly stop: () => void;
}

export const startEngine = async (name: string, folder: string, amounts: Amounts): Promise<StartedEngine> => {
  const script = join(import.meta.dirname, 'run-engine.ts');
  const child = fork(script, [name, folder, String(amounts.forms), String(amounts.articles)], {
    execArgv: ['--expose-gc', '--max-old-space-size=8000'],
  });
  const next = <Kind extends Told['tell']>(kind: Kind): Promise<Extract<Told, { tell: Kind }>> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${name} ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        const said = told.parse(message);
        if (isOf(said, kind)) resolve(said);
        else reject(new Error(`${name} told ${said.tell}`));
      });
    });
  const ask = (what: Asked): void => {
    child.send(what);
  };
  await next('loaded');
  return {
    press: (keystroke) => {
      const found = next('found');
      ask({ ask: 'search', ...keystroke });
      return found;
    },
    rss: async () => {
      const answer = next('memory');
      ask({ ask: 'memory' });
      return (await answer).rss;
    },
    stop: () => {
      child.kill();
    },
  };
};

const isOf = <Kind extends Told['tell']>(said: Told, kind: Kind): said is Extract<Told, { tell: Kind }> =>
  said.tell === kind;
