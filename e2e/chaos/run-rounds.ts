import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededChoice } from '../../domain/forms/procedure/testing/seeded-choice.ts';
import { bringToRest } from './bring-to-rest.ts';
import type { HeadlessDesk } from './desk-process.ts';
import { createElectronDesk, type ElectronDesk } from './electron-desk.ts';
import { password } from './hotline-staff.ts';
import { judgeRecords, type Verdict } from './judge-records.ts';
import { type Hotline, openHotline } from './open-hotline.ts';
import { readCentre } from './read-centre.ts';

/** What a round kills; `machine` is the server and its PostgreSQL at once. */
const victims = ['headless', 'electron', 'server', 'postgres', 'machine'] as const;
type Victim = (typeof victims)[number];

/** Of a hundred rounds. */
const share: Readonly<Record<Victim, number>> = { headless: 52, electron: 8, server: 18, postgres: 16, machine: 6 };

export interface RoundsOutcome extends Verdict {
  readonly seed: number;
  readonly rounds: Readonly<Record<Victim, number>>;
  readonly seconds: number;
  /** Desks and servers that ended by themselves, with their last words or where to find them. */
  readonly falls: readonly string[];
}

/**
 * Desks without windows and one in the real Electron edit at one server on one PostgreSQL, while one of them after the
 * other is killed by SIGKILL and started again; victims and moments by the seed. Then all comes to rest and is judged.
 */
export const runRounds = async (options: {
  readonly seed: number;
  readonly rounds: number;
  readonly headless: number;
  readonly pauseMs: number;
  /** The longest life between two kills. */
  readonly mostMs: number;
  readonly folder: string;
  readonly say: (line: string) => unknown;
}): Promise<RoundsOutcome> => {
  const startedAt = Date.now();
  const { seed, folder, say } = options;
  const choice = seededChoice(seed);
  const rounds: Record<Victim, number> = { headless: 0, electron: 0, server: 0, postgres: 0, machine: 0 };
  const headless: HeadlessDesk[] = [];
  const falls: string[] = [];
  let opened: Hotline | undefined;
  let electron: ElectronDesk | undefined;
  const lifeSeed = () => choice.below(2 ** 31);
  try {
    const hotline = await openHotline({ folder, staff: options.headless + 1 });
    opened = hotline;
    const { records, server } = hotline;
    const [electronsNumber = '', ...numbers] = hotline.staffNumbers;
    for (const staffNumber of numbers) {
      const desk = hotline.headlessDesk(staffNumber, { pauseMs: options.pauseMs });
      headless.push(desk);
      desk.start(lifeSeed());
      // All at once would be two minutes of passwords on two processors, and nothing else.
      await desk.signedIn();
    }
    const window = createElectronDesk({
      ...{ serverUrl: server.url, userDataDir: join(folder, 'electron'), staffNumber: electronsNumber, password },
      pauseMs: options.pauseMs,
    });
    electron = window;
    await window.start(lifeSeed());
    say(`${headless.length} headless desks and one in Electron at work, ${secondsSince(startedAt)} s`);

    const strike: Readonly<Record<Victim, () => Promise<string>>> = {
      headless: async () => {
        const desk = choice.pick(headless);
        await desk.kill();
        desk.start(lifeSeed());
        return desk.staffNumber;
      },
      electron: async () => {
        await window.kill();
        await window.start(lifeSeed());
        return electronsNumber;
      },
      server: async () => {
        await server.kill();
        await server.startAgain();
        return 'server';
      },
      postgres: async () => {
        await records.kill();
        await records.start();
        return 'PostgreSQL';
      },
      machine: async () => {
        await Promise.all([server.kill(), records.kill()]);
        await records.start();
        await server.startAgain();
        return 'server and PostgreSQL';
      },
    };
    for (let round = 1; round <= options.rounds; round += 1) {
      const afterMs = choice.below(options.mostMs);
      const victim = victimOf(choice.below(100));
      await sleep(afterMs);
      if (!server.isRunning())
        falls.push(`the server ended by itself before round ${round}: ${join(folder, 'server.log')}`);
      const name = await strike[victim]();
      rounds[victim] += 1;
      say(`round ${round}: ${name} killed after ${afterMs} ms, ${secondsSince(startedAt)} s`);
    }

    const desks = [...headless, window];
    const reports = await bringToRest(desks, say);
    const facts = await readCentre(records.url, server.dataDir);
    const told = desks.flatMap((desk) => desk.acknowledged());
    if (!server.isRunning()) falls.push(`the server ended by itself in the end: ${join(folder, 'server.log')}`);
    falls.push(...headless.flatMap((desk) => desk.falls()));
    return { ...judgeRecords(facts, reports, told), seed, rounds, falls, seconds: secondsSince(startedAt) };
  } finally {
    await Promise.all([...headless.map((desk) => desk.kill()), electron?.kill()]);
    await opened?.close();
  }
};

const victimOf = (percent: number): Victim => {
  let upTo = 0;
  for (const victim of victims) {
    upTo += share[victim];
    if (percent < upTo) return victim;
  }
  return 'headless';
};

const secondsSince = (at: number): number => Math.round((Date.now() - at) / 1000);

/** Every broken promise in words, the worst first. */
export const faultsOf = ({ lost, doubled, broken, falls }: RoundsOutcome): readonly string[] => [
  ...lost.map((what) => `lost: ${what}`),
  ...doubled,
  ...broken,
  ...falls,
];

/** The line that is printed at the end. */
export const saidOf = (outcome: RoundsOutcome): string => {
  const total = Object.values(outcome.rounds).reduce((sum, count) => sum + count, 0);
  const byVictim = Object.entries(outcome.rounds).map(([victim, count]) => `${victim} ${count}`);
  return (
    `seed ${outcome.seed}: ${total} rounds of kill -9 (${byVictim.join(', ')}) in ${outcome.seconds} s: ` +
    `${outcome.acknowledged} operations acknowledged, ${outcome.inRecords} in the records ` +
    `(${outcome.rejected} rejected, each with its card), ${outcome.lost.length} lost, ${outcome.doubled.length} doubled`
  );
};
