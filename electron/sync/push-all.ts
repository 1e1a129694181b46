import type { Operation } from '../../domain/forms/operations.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { takeResults } from '../cache/store/take-results.ts';
import type { ApiFailure } from './api.ts';
import type { ExchangeParts } from './exchange-parts.ts';

/** Of one push; what the centre takes at most, and no more at a time than a slow line brings in seconds. */
const usualPushSize = 500;
const mostBytes = 2 * 1024 * 1024;

/**
 * Sends everything in the outbox that may go now, in the order it was made; answers the forms whose operations the
 * centre cannot take now. Operations on forms in `waiting` are left for another time.
 *
 * Where there is much, two pushes are under way at once: the desk is at one while the centre is at the other. Never two
 * with the same form, so that whichever arrives first, the order on each form is kept; between forms there is none.
 */
export const pushAll = async (
  parts: ExchangeParts,
  waiting: ReadonlySet<string>,
): Promise<Result<ReadonlySet<string>, ApiFailure>> => {
  const postponed = new Set<string>();
  /** Their files are on their way, and who brings them says when they are there. */
  const withoutFiles = new Set<string>();
  const underWay = new Set<string>();
  const { pushSize = usualPushSize } = parts;
  let atMost = pushSize;
  let isAnew = false;
  let failure: ApiFailure | undefined;
  let thrown: { readonly error: unknown } | undefined;
  let beside: Promise<void> | undefined;

  const fail = (error: ApiFailure): void => {
    failure ??= error;
  };
  const next = (): readonly Operation[] =>
    parts.disk.write((store) =>
      store.sendable(
        parts.person().staffNumber,
        atMost,
        new Set([...waiting, ...postponed, ...withoutFiles, ...underWay]),
      ),
    );
  const push = async (operations: readonly Operation[], isFirst: boolean): Promise<void> => {
    const pushed = await parts.centre.push(operations);
    if (!pushed.ok) {
      if (!isAboutTheContent(pushed.error)) return fail(pushed.error);
      // Somewhere in it is what the centre will not have: the others go on without it.
      if (operations.length > 1) atMost = Math.min(atMost, Math.ceil(operations.length / 2));
      else for (const { form } of operations) postponed.add(form);
      return;
    }
    if (isFirst) atMost = Math.min(pushSize, atMost * 2);
    const { results, serverTime } = pushed.value;
    const inOrder =
      results.length === operations.length && results.every((one, index) => one.id === operations[index]?.id);
    if (!inOrder) return fail({ code: 'unreadable' });
    const taken = parts.disk.write((store) => {
      store.noteContact({ server: serverTime, here: parts.now() });
      return takeResults(store, operations, results, parts.person());
    });
    parts.onFormsChanged(taken.touched);
    for (const form of taken.postponed) postponed.add(form);
    if (!taken.needsSession) return;
    // A new name is nobody else's: to be told the same of it would be the centre's mistake.
    if (isAnew) return fail({ code: 'unreadable' });
    isAnew = true;
    parts.centre.signInAnew();
  };
  const sendSome = async (found: readonly Operation[], isFirst: boolean): Promise<void> => {
    const ready = await parts.centre.bringFiles(withinBytes(found));
    if (!ready.ok) return fail(ready.error);
    if (ready.value.length > 0) await push(ready.value, isFirst);
    else for (const { form } of found) withoutFiles.add(form);
  };
  /** Push after push until nothing is left; what the other has under way is for that one. */
  const goOn = async (isFirst: boolean): Promise<void> => {
    // Where the centre will not have something, it is looked for by one alone.
    while (!failure && !thrown && (isFirst || atMost === pushSize)) {
      const found = next();
      if (found.length === 0) return;
      // All that was found: the second half of what a form waits with must not overtake the first.
      const forms = found.map(({ form }) => form);
      for (const form of forms) underWay.add(form);
      if (isFirst && found.length === pushSize) beside ??= begin(false);
      await sendSome(found, isFirst).finally(() => {
        for (const form of forms) underWay.delete(form);
      });
    }
  };
  const begin = (isFirst: boolean): Promise<void> =>
    goOn(isFirst)
      .catch((error: unknown) => {
        thrown ??= { error };
      })
      .finally(() => {
        if (!isFirst) beside = undefined;
      });

  await begin(true);
  await beside;
  if (thrown) throw thrown.error;
  return failure ? refused(failure) : ok(postponed);
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
