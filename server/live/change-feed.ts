import type { Change } from '../../contract/sync.ts';
import type { Timers } from '../floor/parts.ts';

/** What has become of the change log after one position up to another. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
  /** Each form once, at its latest within the stretch, ascending. `too-many`: to be pulled. */
  readonly changes: readonly Change[] | 'too-many';
}

export interface ChangeFeedParts {
  /** Where the change log ended when the feed was made. */
  readonly from: number;
  readonly headCursor: () => Promise<number>;
  /** Forms whose latest change lies after one cursor and not after the other, ascending, so many at most. */
  readonly readBetween: (after: number, upTo: number, limit: number) => Promise<readonly Change[]>;
  /** The stretches, without a gap between two; the next is told when this one is through. */
  readonly tell: (stretch: Stretch) => Promise<void>;
  readonly timers: Timers;
  readonly warn: (facts: object, message: string) => void;
  /** How long after a stretch of so many positions the next may follow: what comes meanwhile goes together. */
  readonly restMs: (positions: number) => number;
  /** So often the records are asked whether another server has changed anything. */
  readonly lookMs?: number;
}

/** Makes one unbroken row of stretches out of what is heard of single changes, in whatever order. */
export interface ChangeFeed {
  /** A change whose transaction is through. */
  readonly hear: (change: Change) => void;
  /** Resolves when nothing more is told. */
  readonly stop: () => Promise<void>;
}

const usualLookMs = 5_000;
const mostChanges = 500;
/** Beyond, what was heard is let go: it will be too many anyway, or can be read again. */
const mostHeard = 2_000;

/**
 * Positions in the change log have no gaps and become visible in their order, so once a change is heard of, all
 * before it are committed; but word of them may come later, or never, where another server made them. What is missing
 * at one turn is waited for until the next, and then read. A change after a rest is told at once.
 */
export const createChangeFeed = (parts: ChangeFeedParts): ChangeFeed => {
  const { restMs, lookMs = usualLookMs } = parts;
  const heard = new Map<number, Change>();
  let position = parts.from;
  /** The last position known to be taken. */
  let end = parts.from;
  /** Where the row broke off at the last turn. */
  let missing: number | undefined;
  let cancelTurn: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  /** After a turn it stands for the pause, whether there is something to tell or not. */
  const schedule = (delayMs: number) => {
    if (stopped || cancelTurn || running) return;
    cancelTurn = parts.timers.after(delayMs, () => {
      cancelTurn = undefined;
      if (end === position) return;
      const before = position;
      running = turn()
        .then(
          () => restMs(position - before),
          (error: unknown) => {
            parts.warn({ err: error }, 'desks could not be told of changes');
            return lookMs;
          },
        )
        .then((pauseMs) => {
          running = undefined;
          schedule(pauseMs);
        });
    });
  };

  const turn = async (): Promise<void> => {
    let upTo = position;
    while (heard.has(upTo + 1)) upTo += 1;
    if (upTo > position) {
      const changes = [...heard.values()].filter(({ cursor }) => cursor <= upTo);
      await tell(upTo, changes);
    } else if (missing === position + 1) {
      upTo = end;
      await tell(upTo, await parts.readBetween(position, upTo, mostChanges + 1));
    }
    missing = position < end ? position + 1 : undefined;
  };

  const tell = async (upTo: number, changes: readonly Change[]): Promise<void> => {
    const latest = new Map<string, Change>();
    for (const one of changes.toSorted((a, b) => a.cursor - b.cursor)) {
      latest.delete(one.form.id);
      latest.set(one.form.id, one);
    }
    const told = latest.size > mostChanges ? 'too-many' : [...latest.values()];
    await parts.tell({ after: position, upTo, changes: told });
    for (const cursor of heard.keys()) if (cursor <= upTo) heard.delete(cursor);
    position = upTo;
  };

  const grown = (cursor: number) => {
    end = Math.max(end, cursor);
    // All of one transaction is heard of in one go.
    if (end > position) schedule(0);
  };

  let cancelLook = (): void => undefined;
  let looking: Promise<void> = Promise.resolve();
  const lookLater = () => {
    cancelLook = parts.timers.after(lookMs, () => {
      looking = parts
        .headCursor()
        .then(grown, (error: unknown) => parts.warn({ err: error }, 'the change log could not be looked at'))
        .then(() => {
          if (!stopped) lookLater();
        });
    });
  };
  lookLater();

  return {
    hear: (change) => {
      if (change.cursor <= position) return;
      if (heard.size >= mostHeard) heard.clear();
      heard.set(change.cursor, { cursor: change.cursor, form: change.form });
      grown(change.cursor);
    },
    stop: async () => {
      stopped = true;
      cancelTurn?.();
      cancelLook();
      await Promise.all([running, looking]);
    },
  };
};
