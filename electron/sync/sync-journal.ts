import { z } from 'zod';
import type { SyncStatus } from '../../contract/ipc.ts';
import { readJsonFile, writeJsonFile } from '../settings/json-file.ts';

const code = z.string().regex(/^[a-z-]{1,40}$/);
const at = z.int();

/** Something that happened between this desk and the centre; of what was exchanged only how much. */
const syncEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('begun'), at }),
  z.strictObject({
    type: z.literal('state'),
    at,
    link: z.enum(['online', 'offline', 'catching-up']),
    trouble: code.nullable(),
    pending: z.int(),
    held: z.int(),
    attention: z.int(),
    filling: z.boolean(),
  }),
  /** `outcome`: `ok`, or what kept it from ending well. */
  z.strictObject({ type: z.literal('exchange'), at, tookMs: z.int(), outcome: code }),
  z.strictObject({ type: z.literal('back-off'), at, attempt: z.int(), pauseMs: z.int() }),
]);
export type SyncEvent = z.infer<typeof syncEvent>;
export const syncEvents = z.array(syncEvent);

/** The last of what happened, over starts and crashes of the desk, for diagnostics. */
export interface SyncJournal {
  /** Notes a state when it is another than the last one noted; counts alone are no news. */
  readonly noteState: (status: SyncStatus) => void;
  readonly noteExchange: (exchange: { readonly startedAt: number; readonly outcome: string }) => void;
  readonly noteBackOff: (backOff: { readonly attempt: number; readonly pauseMs: number }) => void;
  readonly events: () => readonly SyncEvent[];
  /** Puts what is not in the file yet there. */
  readonly flush: () => void;
}

const mostEvents = 200;
const writePauseMs = 30_000;

/** Goes on with what the file holds; a file that cannot be written costs the history its last events and nothing else. */
export const openSyncJournal = (parts: { readonly file: string; readonly now: () => number }): SyncJournal => {
  const { file, now } = parts;
  let events: readonly SyncEvent[] = readJsonFile(file, syncEvents) ?? [];
  let told = '';
  let writtenAt = 0;
  const flush = (): void => {
    writtenAt = now();
    try {
      writeJsonFile(file, events);
    } catch {
      // The disk is full or read-only: the cache itself says so.
    }
  };
  const add = (event: SyncEvent): void => {
    events = [...events, event].slice(-mostEvents);
    if (Math.abs(now() - writtenAt) >= writePauseMs) flush();
  };
  add({ type: 'begun', at: now() });
  return {
    noteState: ({ link, trouble, pending, held, attention, fill }) => {
      const state = { link, trouble, filling: fill !== null };
      const saying = JSON.stringify({ ...state, attention });
      if (saying === told) return;
      told = saying;
      add({ type: 'state', at: now(), ...state, pending, held, attention });
    },
    noteExchange: ({ startedAt, outcome }) =>
      add({ type: 'exchange', at: startedAt, tookMs: Math.max(0, now() - startedAt), outcome }),
    noteBackOff: ({ attempt, pauseMs }) => add({ type: 'back-off', at: now(), attempt, pauseMs }),
    events: () => events,
    flush,
  };
};
