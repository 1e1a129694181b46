import type { SyncStatus } from '../../contract/ipc.ts';
import { usualCallbackRules } from '../../domain/forms/callback.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { readMeta } from '../cache/meta.ts';
import { countOutbox } from '../cache/outbox.ts';
import { backOffMs } from './back-off.ts';
import { type ExchangeParts, exchange } from './exchange.ts';

/**
 * Keeps the cache and the centre alike: exchanges at every wish (`kick`), by timer, and after a
 * failure with back-off.
 *
 *   offline ── an exchange begins to work ─▶ catching-up ── nothing left ─▶ online
 *      ▲                                                                      │
 *      └───────────────────────── an exchange fails ◀─────────────────────────┘
 */
export interface Sync {
  /** There is something to send or to fetch; an exchange under way is followed by another. */
  readonly kick: () => void;
  readonly status: () => SyncStatus;
  /** Resolves when the exchange under way has ended; none begins after. */
  readonly stop: () => Promise<void>;
}

export const createSync = (
  parts: ExchangeParts & {
    readonly random: () => number;
    readonly onStatus: (status: SyncStatus) => void;
    readonly pollMs?: number;
  },
): Sync => {
  const pollMs = parts.pollMs ?? 30_000;
  let link: SyncStatus['link'] = 'offline';
  let failures = 0;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const status = (): SyncStatus =>
    parts.cache.database.read((reads) => {
      const meta = readMeta(reads);
      return {
        link,
        ...countOutbox(reads),
        fill: null,
        unindexed: 0,
        trouble: null,
        lastContactAt: meta.last_contact_at,
        clockOffsetMs: meta.clock_offset_ms,
        callbackRules: meta.callback_rules ?? usualCallbackRules,
        procedureRules: meta.procedure_rules ?? usualProcedureRules,
      };
    });
  const tell = (): void => {
    if (!stopped) parts.onStatus(status());
  };
  const wait = (ms: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(kick, ms);
  };

  const run = async (): Promise<void> => {
    do {
      again = false;
      const result = await exchange({
        ...parts,
        onFormChanged: (form) => {
          if (link === 'offline') {
            link = 'catching-up';
            tell();
          }
          parts.onFormChanged(form);
        },
      });
      if (stopped) return;
      link = result.ok ? 'online' : 'offline';
      failures = result.ok ? 0 : failures + 1;
      tell();
    } while (again && failures === 0);
    wait(failures === 0 ? pollMs : backOffMs(failures, parts.random));
  };

  const kick = (): void => {
    if (stopped) return;
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
  };

  return {
    kick,
    status,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};
