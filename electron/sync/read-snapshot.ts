import { form as formShape, sentRow, snapshotEnd, snapshotHead, syncVersion } from '../../contract/sync.ts';
import { formRowNames } from '../../domain/forms/form-row.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { SentForm } from '../cache/store/desk-store.ts';
import type { ApiFailure } from './api.ts';
import type { FillStream } from './centre-link.ts';
import { linesOf } from './lines-of.ts';

/** Forms taken in one transaction: some milliseconds, in which nothing else is answered. */
const lotSize = 250;

/** Reads a fill from its bytes, a lot at a time: no more is in memory than that and what the line has brought. */
export const readSnapshot = async (
  body: AsyncIterable<Uint8Array> & { readonly cancel: () => void },
): Promise<Result<FillStream, ApiFailure>> => {
  const lines = linesOf(body);
  const failed = (code: ApiFailure['code']): Result<never, ApiFailure> => {
    body.cancel();
    return refused({ code });
  };
  const first = await nextLine(lines);
  if (!first.ok) return first;
  const head = snapshotHead.safeParse(parseJson(first.value));
  if (!head.success) return failed('unreadable');
  const { rowNames } = head.data;
  if (head.data.syncVersion !== syncVersion || rowNames.join() !== formRowNames.join()) return failed('wrong-version');
  let ended = false;
  return ok({
    head: head.data,
    close: body.cancel,
    next: async () => {
      const lot: SentForm[] = [];
      while (!ended && lot.length < lotSize) {
        const line = await nextLine(lines);
        const text = line.ok && !isEnd(line.value) ? await nextLine(lines) : line;
        // What came before the break is good; the next call tells of it again.
        if (!line.ok || !text.ok) return lot.length > 0 ? ok(lot) : refused({ code: 'unreachable' });
        if (isEnd(line.value)) ended = true;
        else {
          const sent = readForm(line.value, text.value);
          if (!sent) return refused({ code: 'unreadable' });
          lot.push(sent);
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
  const row = sentRow.safeParse(parseJson(line));
  if (!row.success || row.data.length !== formRowNames.length + 1) return undefined;
  const [cursor, id, ...rest] = row.data;
  return { cursor, id, row: [id, ...rest], text, parse: () => formShape.parse(parseJson(text)) };
};

const nextLine = async (lines: AsyncIterator<Uint8Array>): Promise<Result<Uint8Array, ApiFailure>> => {
  try {
    const { value, done } = await lines.next();
    return done === true ? refused({ code: 'unreachable' }) : ok(value);
  } catch {
    return refused({ code: 'unreachable' });
  }
};

const decoder = new TextDecoder();
const parseJson = (line: Uint8Array): unknown => {
  try {
    return JSON.parse(decoder.decode(line));
  } catch {
    return undefined;
  }
};
