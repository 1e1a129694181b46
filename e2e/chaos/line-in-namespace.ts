import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { isAlive } from './is-alive.ts';

/** How a line behaves, in both directions alike. Shares of the packets are from 0 to 1. */
export interface Weather {
  readonly name: string;
  readonly loss: number;
  readonly delayMs: number;
  /** Each packet is late by up to so much more or less. */
  readonly jitterMs: number;
  /** Overtake all that are held. */
  readonly reorder: number;
  readonly double: number;
  /** Which end has no carrier; the other hears nothing of it. */
  readonly down: 'near' | 'far' | 'none';
  /** What the line carries; what waits longer than half a second is dropped. */
  readonly kilobitsPerSecond: number | undefined;
}

export const goodLine: Weather = {
  ...{ name: 'good', loss: 0, delayMs: 0, jitterMs: 0, reorder: 0, double: 0 },
  ...{ down: 'none', kilobitsPerSecond: undefined },
};

/**
 * A network namespace and the only line into it. Loss, delay and reordering are those of a relay of packets, since a
 * kernel need not have `netem`; narrowness is tc's; a cut takes the carrier away.
 */
export interface LineInNamespace {
  /** The address on this side, for a server to listen on. */
  readonly address: string;
  /** Put before a command that is to run at the far end. */
  readonly within: readonly string[];
  readonly turn: (weather: Weather) => Promise<void>;
  readonly close: () => Promise<PacketCounts>;
}

/** What became of the packets, but for those that tc or a device without carrier dropped. */
const packetCounts = z.strictObject({ carried: z.int(), lost: z.int(), overtook: z.int(), doubled: z.int() });
export type PacketCounts = z.infer<typeof packetCounts>;

const prefix = 'zxline';

/** Needs root; removes what a run before left that was killed. */
export const layLineInNamespace = async (seed: number): Promise<LineInNamespace> => {
  if (process.getuid?.() !== 0 || !existsSync('/dev/net/tun')) {
    throw new Error('a line in a network namespace needs root and /dev/net/tun: neither can be done without');
  }
  removeOrphans();
  const name = `${prefix}${process.pid}`;
  const near = `zxn${process.pid}`;
  const far = `zxf${process.pid}`;
  // RFC 2544: 198.18.0.0/15 is for tests of networks and nobody's otherwise.
  const net = `198.18.${process.pid % 256}`;
  ip('netns', 'add', name);
  let relay: ChildProcess | undefined;
  try {
    relay = spawn('python3', [join(import.meta.dirname, 'relay-packets.py'), near, far, String(seed)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = relay;
    if (!stdin || !stdout) throw new Error('the relay has no pipes');
    const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    const hear = async (word: string): Promise<void> => {
      const { value } = await lines.next();
      if (value !== word) throw new Error(`the relay of packets said ${value}, not ${word}`);
    };
    await hear('ready');
    ip('link', 'set', far, 'netns', name);
    ip('address', 'add', `${net}.1/30`, 'dev', near);
    ip('link', 'set', near, 'up');
    const inside = (...args: readonly string[]) => ip('-n', name, ...args);
    inside('link', 'set', 'lo', 'up');
    inside('address', 'add', `${net}.2/30`, 'dev', far);
    inside('link', 'set', far, 'up');
    const living = relay;
    return {
      address: `${net}.1`,
      within: ['ip', 'netns', 'exec', name],
      turn: async (weather) => {
        ip('link', 'set', near, weather.down === 'near' ? 'down' : 'up');
        inside('link', 'set', far, weather.down === 'far' ? 'down' : 'up');
        narrow([], near, weather.kilobitsPerSecond);
        narrow(['-n', name], far, weather.kilobitsPerSecond);
        const { loss, delayMs, jitterMs, reorder, double } = weather;
        stdin.write(`${JSON.stringify({ loss, delay: delayMs / 1000, jitter: jitterMs / 1000, reorder, double })}\n`);
        await hear('changed');
      },
      close: async () => {
        const gone = once(living, 'exit');
        stdin.end();
        const { value } = await lines.next();
        await gone;
        ip('netns', 'del', name);
        return packetCounts.parse(JSON.parse(String(value)));
      },
    };
  } catch (error) {
    relay?.kill('SIGKILL');
    ip('netns', 'del', name);
    throw error;
  }
};

const ip = (...args: readonly string[]): void => {
  execFileSync('ip', args);
};

const narrow = (where: readonly string[], device: string, kilobitsPerSecond: number | undefined): void => {
  const qdisc =
    kilobitsPerSecond === undefined
      ? ['pfifo', 'limit', '1000']
      : ['tbf', 'rate', `${kilobitsPerSecond}kbit`, 'burst', '4kb', 'latency', '500ms'];
  execFileSync('tc', [...where, 'qdisc', 'replace', 'dev', device, 'root', ...qdisc]);
};

/** Of runs that were killed; their devices went with their relays. */
const removeOrphans = (): void => {
  const folder = '/run/netns';
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    if (!isAlive(Number(name.slice(prefix.length)))) ip('netns', 'del', name);
  }
};
