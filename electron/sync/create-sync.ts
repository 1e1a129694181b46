import type { SyncStatus } from '../../contract/ipc.ts';
import { usualCallbackRules } from '../../domain/forms/callback.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { Result } from '../../domain/result.ts';
import { createEviction } from '../cache/evict-forms.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import { countOutbox } from '../cache/outbox.ts';
import { countUnindexed } from '../cache/search/form-index.ts';
import { createIndexing } from '../cache/search/index-later.ts';
import { deskStoreOf } from '../cache/store/sqlite-desk-store.ts';
import { type Frame, takeFrame } from '../cache/store/take-changes.ts';
import type { ApiFailure } from './api.ts';
import { backOffMs } from './back-off.ts';
import { createFiller } from './create-filler.ts';
import { exchange } from './exchange.ts';
import type { ExchangeParts } from './exchange-parts.ts';
import { createPostponed } from './postponed.ts';
import type { SyncJournal } from './sync-journal.ts';
import { diskTrouble, forgiveDisk, troubleOf } from './trouble.ts';

/**
 * Keeps the cache and the centre alike: exchanges at every wish (`kick`), by timer, and after a
 * failure with back-off. A first fill runs beside.
 *
 *   offline ── an exchange begins to work ─▶ catching-up ── nothing left ─▶ online
 *      ▲                                                                      │
 *      └───────────────────────── an exchange fails ◀─────────────────────────┘
 */
export interface Sync {
  /** There is something to send or to fetch; an exchange under way is followed by another. */
  readonly kick: () => void;
  /** Takes in what the centre sends of itself; after one that was missed everything is pulled. */
  readonly hear: (frame: Frame) => void;
  readonly status: () => SyncStatus;
  /** Resolves when what is under way has ended; nothing begins after. */
  readonly stop: () => Promise<void>;
}

export interface SyncParts extends Omit<ExchangeParts, 'disk'> {
  readonly cache: Cache;
  /** What agents read besides forms; brought after each exchange that went well. */
  readonly pullArticles: () => Promise<Result<undefined, ApiFailure>>;
  readonly random: () => number;
  readonly onStatus: (status: SyncStatus) => void;
  readonly pollMs?: number;
  /** After very many forms have come in and can be searched. */
  readonly giveBackMemory?: () => void;
  readonly journal?: SyncJournal;
}

const usualPollMs = 30_000;
/** A fill is told of so often at most. */
const tellFillMs = 250;

export const createSync = (given: SyncParts): Sync => {
  const { cache, random, now } = given;
  let link: SyncStatus['link'] = 'offline';
  let trouble: SyncStatus['trouble'] = null;
  let failures = 0;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let toldAt = 0;

  const tell = (): void => {
    toldAt = now();
    if (!stopped) given.onStatus(status());
  };
  const tellSometimes = (): void => {
    if (Math.abs(now() - toldAt) >= tellFillMs) tell();
  };
  const noteDiskTrouble = (error: unknown): void => {
    trouble = diskTrouble(error) ?? trouble;
  };
  const parts: ExchangeParts = {
    ...given,
    disk: {
      write: (work) => cache.database.write((writes) => work(deskStoreOf(writes))),
      writeRepeatable: (work) => cache.database.writeRepeatable((writes) => work(deskStoreOf(writes))),
    },
    onFormsChanged: (forms) => {
      if (forms.size === 0 || stopped) return;
      if (link === 'offline') {
        link = 'catching-up';
        tell();
      }
      given.onFormsChanged(forms);
      lookAtIndex();
    },
  };
  const indexing = createIndexing({
    database: cache.database,
    onProgress: tellSometimes,
    onManyDone: given.giveBackMemory,
    onTrouble: noteDiskTrouble,
  });
  /** A fill comes first: every form is in the lists before any is in the search. */
  const lookAtIndex = (): void => {
    if (filler.stretch() === undefined) indexing.look();
  };
  const eviction = createEviction({
    database: cache.database,
    now: () => now() + cache.database.read(readMeta).clock_offset_ms,
    onTrouble: noteDiskTrouble,
  });
  const filler = createFiller({
    exchange: parts,
    random,
    onLot: tellSometimes,
    onEnded: (result) => {
      if (!result.ok) noteDiskTrouble(result.error);
      indexing.look();
      tell();
      // After one that failed the next exchange comes by its own time.
      if (result.ok) kick();
    },
  });
  const postponed = createPostponed({ now, random });

  const status = (): SyncStatus =>
    cache.database.read((reads) => {
      const meta = readMeta(reads);
      const fill = meta.fill_head === null ? null : { done: meta.fill_done, total: meta.fill_total };
      return {
        link: link === 'online' && (fill || meta.scope === null) ? 'catching-up' : link,
        ...countOutbox(reads),
        fill: fill && { ...fill, remainingMs: remainingMs(fill, filler.stretch(), now()) },
        unindexed: countUnindexed(reads),
        trouble,
        lastContactAt: meta.last_contact_at,
        clockOffsetMs: meta.clock_offset_ms,
        callbackRules: meta.callback_rules ?? usualCallbackRules,
        procedureRules: meta.procedure_rules ?? usualProcedureRules,
      };
    });

  /** Whether the centre was reached and everything went up and down. */
  const exchangeOnce = async (): Promise<boolean> => {
    const startedAt = now();
    const note = (outcome: string): void => given.journal?.noteExchange({ startedAt, outcome });
    try {
      const exchanged = await exchange(parts, postponed.waiting());
      if (exchanged.ok) postponed.note(exchanged.value.postponed);
      if (exchanged.ok && exchanged.value.needsFill) filler.begin('anew');
      else if (exchanged.ok && cache.database.read(readMeta).fill_head !== null) filler.begin('go-on');
      const result = exchanged.ok ? await given.pullArticles() : exchanged;
      trouble = result.ok ? null : troubleOf(result.error);
      note(result.ok ? 'ok' : result.error.code);
      return result.ok;
    } catch (error) {
      const known = diskTrouble(error);
      if (known === undefined) throw error;
      trouble = known;
      note(known);
      return false;
    }
  };
  const run = async (): Promise<void> => {
    do {
      again = false;
      const isWell = await exchangeOnce();
      if (stopped) return;
      link = isWell ? 'online' : 'offline';
      failures = isWell ? 0 : failures + 1;
      if (isWell && filler.stretch() === undefined) eviction.look();
      tell();
    } while (again && failures === 0);
    const wait = failures === 0 ? Math.min(given.pollMs ?? usualPollMs, postponed.nextMs() ?? Infinity) : undefined;
    clearTimeout(timer);
    const pauseMs = wait ?? backOffMs(failures, random);
    if (failures > 0) given.journal?.noteBackOff({ attempt: failures, pauseMs });
    timer = setTimeout(kick, pauseMs);
  };
  const kick = (): void => {
    if (stopped) return;
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
  };
  indexing.look();

  return {
    kick,
    hear: (frame) => {
      if (stopped) return;
      try {
        const touched = parts.disk.write((store) => takeFrame(store, frame, given.person()));
        if (touched) parts.onFormsChanged(touched);
        else kick();
      } catch (error) {
        forgiveDisk(error);
        noteDiskTrouble(error);
        kick();
      }
    },
    status,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      indexing.stop();
      eviction.stop();
      await Promise.all([running, filler.stop()]);
    },
  };
};

const remainingMs = (
  fill: { readonly done: number; readonly total: number },
  stretch: { readonly at: number; readonly done: number } | undefined,
  now: number,
): number | null => {
  const taken = stretch ? fill.done - stretch.done : 0;
  if (!stretch || taken <= 0) return null;
  return Math.max(0, Math.round(((now - stretch.at) / taken) * (fill.total - fill.done)));
};
