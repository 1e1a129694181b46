import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Acknowledged,
  type DeskOrders,
  type DeskReport,
  fromDesk,
  readAcknowledged,
  type ToDesk,
} from './desk-words.ts';

const program = join(import.meta.dirname, 'headless-desk.ts');

/** A desk without a window, as a process of its own that may be killed at any time. */
export interface HeadlessDesk {
  readonly staffNumber: string;
  /** Begins with the folder as it was left; another life, another seed. */
  readonly start: (seed: number) => void;
  /** Resolves at the next sign-in, or at once after one in this life. */
  readonly signedIn: () => Promise<void>;
  /** SIGKILL, and waits for the end. */
  readonly kill: () => Promise<void>;
  readonly rest: () => void;
  /** Undefined where it gave none in time. */
  readonly report: () => Promise<DeskReport | undefined>;
  /** Signs out and ends in order. */
  readonly leave: () => Promise<void>;
  /** All lives together. */
  readonly acknowledged: () => readonly Acknowledged[];
  /** What all lives have said on standard error. */
  readonly words: () => string;
  /** Words of a life that ended by itself: the product fell over. */
  readonly falls: () => readonly string[];
}

export const createHeadlessDesk = (options: {
  readonly orders: Omit<DeskOrders, 'seed'>;
  /** Where its lines and its words go; outlives the desk's own folder. */
  readonly notesFolder: string;
  /** Put before the command: `ip netns exec NAME`. */
  readonly within?: readonly string[];
}): HeadlessDesk => {
  const { staffNumber } = options.orders;
  mkdirSync(options.notesFolder, { recursive: true });
  const linesFile = join(options.notesFolder, `${staffNumber}.jsonl`);
  const wordsFile = join(options.notesFolder, `${staffNumber}.log`);
  const falls: string[] = [];
  let child: ChildProcess | undefined;
  let signedIn: Promise<unknown> = Promise.resolve();
  let expected = true;

  const start = (seed: number): void => {
    const orders: DeskOrders = { ...options.orders, seed };
    const [command = '', ...args] = [...(options.within ?? []), process.execPath, program, JSON.stringify(orders)];
    const lines = openSync(linesFile, 'a');
    const words = openSync(wordsFile, 'a');
    const born = spawn(command, args, { stdio: ['ignore', lines, words, 'ipc'] });
    closeSync(lines);
    closeSync(words);
    child = born;
    expected = false;
    signedIn = new Promise((resolve) => {
      born.on('message', (raw) => {
        if (fromDesk.parse(raw).type === 'signed-in') resolve(undefined);
      });
      born.once('exit', resolve);
    });
    // A message to a desk that is just being killed.
    born.on('error', () => undefined);
    born.once('exit', (code, signal) => {
      if (!expected && born === child)
        falls.push(`${staffNumber} ended by itself (${code ?? signal}), ${wordsFile}:\n${lastWords(wordsFile)}`);
    });
  };
  const end = async (how: (living: ChildProcess) => void): Promise<void> => {
    const living = child;
    if (!living || living.exitCode !== null || living.signalCode !== null) return;
    expected = true;
    const gone = once(living, 'exit');
    how(living);
    await gone;
  };
  const say = (message: ToDesk): void => {
    if (child?.connected) child.send(message);
  };
  const kill = () => end((living) => living.kill('SIGKILL'));
  return {
    staffNumber,
    start,
    signedIn: async () => {
      await signedIn;
    },
    kill,
    rest: () => say({ type: 'rest' }),
    report: async () => {
      const asked = child;
      await Promise.race([signedIn, sleep(reportMs, undefined, { ref: false })]);
      if (!asked?.connected) return undefined;
      const answered = new Promise<DeskReport>((resolve) => {
        const hear = (raw: unknown) => {
          const message = fromDesk.parse(raw);
          if (message.type !== 'report') return;
          asked.off('message', hear);
          resolve(message.report);
        };
        asked.on('message', hear);
      });
      say({ type: 'report' });
      return Promise.race([answered, sleep(reportMs, undefined, { ref: false })]);
    },
    leave: async () => {
      await Promise.race([end(() => say({ type: 'leave' })), sleep(leaveMs, undefined, { ref: false })]);
      await kill();
    },
    acknowledged: () => readAcknowledged(readFileSync(linesFile, 'utf8')),
    words: () => readFileSync(wordsFile, 'utf8'),
    falls: () => falls,
  };
};

const reportMs = 20_000;
const leaveMs = 10_000;

const lastWords = (file: string): string => readFileSync(file, 'utf8').slice(-2_000);
