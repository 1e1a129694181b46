import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskReport } from './desk-words.ts';
import type { DeskFacts } from './judge-records.ts';

/** What comes to rest: a desk of whichever make. */
export interface RestingDesk {
  readonly staffNumber: string;
  readonly rest: () => Promise<void> | void;
  readonly report: () => Promise<DeskReport | undefined>;
}

const longestMs = 90_000;

/**
 * No edits any more; waits until every outbox is empty and all desks show the same forms. What they show when they have
 * not come together in time is for the judge.
 */
export const bringToRest = async (
  desks: readonly RestingDesk[],
  say: (line: string) => unknown,
): Promise<readonly DeskFacts[]> => {
  await Promise.all(desks.map((desk) => desk.rest()));
  const startedAt = Date.now();
  for (;;) {
    const reports = await Promise.all(
      desks.map(async (desk) => ({ staffNumber: desk.staffNumber, report: await desk.report() })),
    );
    const facts = reports.flatMap(({ staffNumber, report }) => (report ? [{ staffNumber, ...report }] : []));
    const silent = desks.length - facts.length;
    const pending = facts.reduce((sum, one) => sum + one.pending, 0);
    const views = new Set(facts.map(({ forms }) => JSON.stringify(Object.entries(forms).sort()))).size;
    const restedMs = Date.now() - startedAt;
    if (silent === 0 && pending === 0 && views === 1) {
      say(`at rest after ${restedMs} ms`);
      return facts;
    }
    if (restedMs > longestMs) {
      say(`not at rest after ${restedMs} ms: ${silent} desks silent, ${pending} pending, ${views} different views`);
      return facts;
    }
    await sleep(1_000);
  }
};
