import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Asked, type Told, told } from './client.ts';

/** A client's process, ready to be asked. */
export interface StartedClient {
  /** Its answer to one question; what it tells by itself goes to `onSeen` meanwhile. */
  readonly ask: <Kind extends Told['tell']>(what: Asked, answer: Kind) => Promise<Extract<Told, { tell: Kind }>>;
  readonly onSeen: (hear: (seen: Extract<Told, { tell: 'seen' }>) => void) => void;
  readonly stop: () => Promise<void>;
}

export const startClient = async (
  module: string,
  url: string,
  folder: string,
  staffNumber: string,
): Promise<StartedClient> => {
  mkdirSync(folder, { recursive: true });
  const child = fork(join(import.meta.dirname, 'run-client.mjs'), [module, folder, url, staffNumber], {
    execArgv: ['--expose-gc'],
  });
  let hear: (seen: Extract<Told, { tell: 'seen' }>) => void = () => undefined;
  let answered: ((said: Told) => void) | undefined;
  child.on('message', (message) => {
    const said = told.parse(message);
    if (said.tell === 'seen') hear(said);
    else answered?.(said);
  });
  const next = <Kind extends Told['tell']>(kind: Kind): Promise<Extract<Told, { tell: Kind }>> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${module} ended with ${code}`));
      child.once('exit', ended);
      answered = (said) => {
        child.off('exit', ended);
        if (isOf(said, kind)) resolve(said);
        else reject(new Error(`${module} told ${said.tell}, ${kind} was asked`));
      };
    });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await next('ready');
  return {
    ask: (what, answer) => {
      const said = next(answer);
      child.send(what);
      return said;
    },
    onSeen: (listener) => {
      hear = listener;
    },
    stop: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
};

const isOf = <Kind extends Told['tell']>(said: Told, kind: Kind): said is Extract<Told, { tell: Kind }> =>
  said.tell === kind;
