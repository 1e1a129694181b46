import type { Kysely } from 'kysely';
import type { FormRules } from '../../domain/forms/form-row.ts';
import type { Tables } from '../records/tables.ts';
import { prepareSegments } from './snapshot-segments.ts';

/** Prepares fills as long as it runs: a segment after the other while there are any to pack, then a look from time to time. */
export const keepSegments = (parts: {
  readonly db: Kysely<Tables>;
  readonly rules: FormRules;
  readonly onTrouble: (error: unknown) => void;
  readonly pauseMs?: number;
  readonly everyMs?: number;
}): { readonly stop: () => Promise<void> } => {
  const { pauseMs = 50, everyMs = 30_000 } = parts;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const work = async (): Promise<void> => {
    const isMore = await prepareSegments(parts.db, parts.rules).catch((error: unknown) => {
      if (!stopped) parts.onTrouble(error);
      return false;
    });
    if (!stopped) timer = setTimeout(begin, isMore ? pauseMs : everyMs);
  };
  const begin = (): void => {
    running = work();
  };
  let timer = setTimeout(begin, pauseMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
