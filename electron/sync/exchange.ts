import type { Operation } from '../../domain/forms/operations.ts';
import type { Author } from '../../domain/forms/procedure/author.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { DeskStore } from '../cache/store/desk-store.ts';
import { isOfAnotherScope, takeChanges } from '../cache/store/take-changes.ts';
import { takeResults } from '../cache/store/take-results.ts';
import type { ApiFailure } from './api.ts';
import type { CentreLink } from './centre-link.ts';

/** The desk's disk, a transaction at a time: when `write` returns all of it is kept, when it throws nothing is. */
export interface DeskDisk {
  readonly write: <Answer>(work: (store: DeskStore) => Answer) => Answer;
  /** For what the centre gives again: a power cut may take it back, and with it whatever came after. */
  readonly writeRepeatable: <Answer>(work: (store: DeskStore) => Answer) => Answer;
}

export interface ExchangeParts {
  readonly disk: DeskDisk;
  readonly centre: CentreLink;
  /** Who is signed in; the centre may change their roles. */
  readonly person: () => Author & { readonly staffNumber: string };
  /** The desk's own clock. */
  readonly now: () => number;
  readonly onFormsChanged: (forms: ReadonlySet<string>) => void;
}

/** What an exchange has come to. */
export interface Exchanged {
  /** Forms whose operations the centre cannot take now: to be tried again later. */
  readonly postponed: ReadonlySet<string>;
  /** This desk is to be filled: never yet, or for another scope. */
  readonly needsFill: boolean;
}

/** Of one push; what the centre takes at most, and no more at a time than a slow line brings in seconds. */
const mostOperations = 500;
const mostBytes = 2 * 1024 * 1024;

/**
 * One exchange with the centre: everything in the outbox goes up in order, then every change of forms comes down.
 * Stops at the first failure with nothing lost: what was not acknowledged is sent again, and the centre knows a repeat.
 * Operations on forms in `waiting` are left for another time.
 */
export const exchange = async (
  parts: ExchangeParts,
  waiting: ReadonlySet<string> = new Set(),
): Promise<Result<Exchanged, ApiFailure>> => {
  const pushed = await pushAll(parts, waiting);
  if (!pushed.ok) return pushed;
  const pulled = await pullAll(parts);
  return pulled.ok ? ok({ postponed: pushed.value, needsFill: pulled.value === 'needs-fill' }) : pulled;
};

const pushAll = async (
  parts: ExchangeParts,
  waiting: ReadonlySet<string>,
): Promise<Result<ReadonlySet<string>, ApiFailure>> => {
  const postponed = new Set<string>();
  /** Their files are on their way, and who brings them says when they are there. */
  const withoutFiles = new Set<string>();
  let atMost = mostOperations;
  let isAnew = false;
  for (;;) {
    const isFree = ({ form }: Operation): boolean =>
      !waiting.has(form) && !postponed.has(form) && !withoutFiles.has(form);
    const skipped = waiting.size + postponed.size + withoutFiles.size;
    const next = parts.disk.write((store) =>
      store.sendable(parts.person().staffNumber, atMost, skipped > 0 ? isFree : undefined),
    );
    if (next.length === 0) return ok(postponed);
    const ready = await parts.centre.bringFiles(withinBytes(next));
    if (!ready.ok) return ready;
    const operations = ready.value;
    if (operations.length === 0) {
      for (const { form } of next) withoutFiles.add(form);
      continue;
    }
    const pushed = await parts.centre.push(operations);
    if (!pushed.ok) {
      if (!isAboutTheContent(pushed.error)) return pushed;
      // Somewhere in it is what the centre will not have: the others go on without it.
      if (operations.length > 1) atMost = Math.ceil(operations.length / 2);
      else for (const { form } of operations) postponed.add(form);
      continue;
    }
    atMost = Math.min(mostOperations, atMost * 2);
    const { results, serverTime } = pushed.value;
    const inOrder =
      results.length === operations.length && results.every((one, index) => one.id === operations[index]?.id);
    if (!inOrder) return refused({ code: 'unreadable' });
    const taken = parts.disk.write((store) => {
      store.noteContact({ server: serverTime, here: parts.now() });
      return takeResults(store, operations, results, parts.person());
    });
    parts.onFormsChanged(taken.touched);
    for (const form of taken.postponed) postponed.add(form);
    if (taken.needsSession) {
      // A new name is nobody else's: to be told the same of it would be the centre's mistake.
      if (isAnew) return refused({ code: 'unreadable' });
      isAnew = true;
      parts.centre.signInAnew();
    }
  }
};

/** What is said of the content would be said again; everything else may be over in a while. */
const isAboutTheContent = ({ code }: ApiFailure): boolean => code === 'bad-request' || code === 'too-large';

const withinBytes = (operations: readonly Operation[]): readonly Operation[] => {
  let bytes = 0;
  const end = operations.findIndex((operation, index) => {
    bytes += JSON.stringify(operation).length;
    return index > 0 && bytes > mostBytes;
  });
  return end === -1 ? operations : operations.slice(0, end);
};

const pullAll = async (parts: ExchangeParts): Promise<Result<'up-to-date' | 'needs-fill', ApiFailure>> => {
  for (;;) {
    const { cursor, scope } = parts.disk.write((store) => store.state());
    if (scope === null) return ok('needs-fill');
    const pulled = await parts.centre.pull(cursor);
    if (!pulled.ok) return pulled;
    const taken = parts.disk.write((store): ReadonlySet<string> | 'needs-fill' | 'asked-too-late' => {
      store.noteContact({ server: pulled.value.serverTime, here: parts.now() });
      if (isOfAnotherScope(store, pulled.value.scope)) return 'needs-fill';
      // A fill that has begun meanwhile went back to an older head: what lies between would never come.
      if (store.state().cursor < cursor) return 'asked-too-late';
      const touched = takeChanges(store, pulled.value, parts.person());
      if (pulled.value.more || store.state().fill !== null) return touched;
      return new Set([...touched, ...store.forgetUnbrought()]);
    });
    if (taken === 'needs-fill') return ok(taken);
    if (taken === 'asked-too-late') continue;
    parts.onFormsChanged(taken);
    if (!pulled.value.more) return ok('up-to-date');
  }
};
