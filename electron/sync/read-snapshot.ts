import { form as formShape, snapshotEnd, snapshotHead, syncVersion } from '../../contract/sync.ts';
import { formRowNames } from '../../domain/forms/form-row.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { SentForm } from '../cache/store/desk-store.ts';
import type { ApiFailure } from './api.ts';
import type { FillStream } from './centre-link.ts';
import { linesOf } from './lines-of.ts';

/** Forms taken in one transaction: some 20 ms, in which nothing else is answered. */
const lotSize = 1_000;

/** Reads a fill from its bytes, a lot at a time: no more is in memory than that and what the line has brought. */
export const readSnapshot = async (
  body: AsyncIterable<Uint8Array> & { readonly cancel: () => void },
): Promise<Result<FillStream, ApiFailure>> => {
  const lines = linesOf(body);
  const failed = (code: ApiFailure['code']): Result<never, ApiFailure> => {
    body.cancel();
    return refused({ code });
  };
  let first = lines.take();
  while (!first && (await lines.more())) first = lines.take();
  if (!first) return failed('unreachable');
  const head = snapshotHead.safeParse(parseJson(first));
  if (!head.success) return failed('unreadable');
  const { rowNames } = head.data;
  if (head.data.syncVersion !== syncVersion || rowNames.join() !== formRowNames.join()) return failed('wrong-version');
  let ended = false;
  let row: Uint8Array | undefined;
  return ok({
    head: head.data,
    close: body.cancel,
    next: async () => {
      const lot: SentForm[] = [];
      while (!ended && lot.length < lotSize) {
        const line = lines.take();
        if (!line) {
          if (await lines.more()) continue;
          // What came before the break is good; the next call tells of it again.
          return lot.length > 0 ? ok(lot) : refused({ code: 'unreachable' });
        }
        if (!row && isEnd(line)) ended = true;
        else if (!row) row = line;
        else {
          const sent = readForm(row, line);
          if (!sent) return refused({ code: 'unreadable' });
          lot.push(sent);
          row = undefined;
        }
      }
      return ok(lot.length > 0 ? lot : 'end');
    },
  });
};

const openBrace = 0x7b;
/** Rows are arrays; the end is the one object in their place. */
const isEnd = (line: Uint8Array): boolean => line[0] === openBrace && snapshotEnd.safeParse(parseJson(line)).success;

/** The row is held to its types by the table it goes into, the form is parsed when it is read. */
const readForm = (line: Uint8Array, text: Uint8Array): SentForm | undefined => {
  const sent = parseJson(line);
  if (!isRow(sent) || sent.length !== formRowNames.length + 1) return undefined;
  const [cursor, id] = sent;
  if (typeof cursor !== 'number' || typeof id !== 'string') return undefined;
  return { cursor, id, row: sent, text, parse: () => formShape.parse(parseJson(text)) };
};

/** By hand: a schema takes longer over the values of a row than the table does. */
const isRow = (sent: unknown): sent is readonly (string | number | null)[] =>
  Array.isArray(sent) &&
  sent.every((value: unknown) => typeof value === 'string' || typeof value === 'number' || value === null);

const decoder = new TextDecoder();
const parseJson = (line: Uint8Array): unknown => {
  try {
    return JSON.parse(decoder.decode(line));
  } catch {
    return undefined;
  }
};
