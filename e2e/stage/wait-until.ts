import { setTimeout as sleep } from 'node:timers/promises';

/** Asks every 100 ms until the answer is not undefined or false; names what it waited for when it gives up. */
export const waitUntil = async <Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  withinMs = 20_000,
): Promise<Answer> => {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error(`${what}: not within ${withinMs} ms`);
    await sleep(100);
  }
};
