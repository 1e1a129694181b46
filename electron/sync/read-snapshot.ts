import { type Change, change, snapshotEnd, snapshotHead } from '../../contract/sync.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { ApiFailure } from './api.ts';
import type { FillStream } from './centre-link.ts';

/** Forms taken in one transaction: some milliseconds, in which nothing else is answered. */
const lotSize = 200;

/** Reads a fill from the body of its answer, a lot at a time: no more is in memory than that and a line. */
export const readSnapshot = async (
  body: AsyncIterable<Uint8Array> & { readonly cancel: () => void },
): Promise<Result<FillStream, ApiFailure>> => {
  const lines = linesOf(body);
  const first = await nextLine(lines);
  if (!first.ok) return first;
  const head = snapshotHead.safeParse(parseJson(first.value));
  if (!head.success) {
    body.cancel();
    return refused({ code: 'unreadable' });
  }
  let ended = false;
  return ok({
    head: head.data,
    close: body.cancel,
    next: async () => {
      const lot: Change[] = [];
      while (!ended && lot.length < lotSize) {
        const line = await nextLine(lines);
        // What came before the break is good; the next call tells of it again.
        if (!line.ok) return lot.length > 0 ? ok(lot) : line;
        const value = parseJson(line.value);
        if (snapshotEnd.safeParse(value).success) {
          ended = true;
          break;
        }
        const parsed = change.safeParse(value);
        if (!parsed.success) return refused({ code: 'unreadable' });
        lot.push(parsed.data);
      }
      return ok(lot.length > 0 ? lot : 'end');
    },
  });
};

const nextLine = async (lines: AsyncIterator<string>): Promise<Result<string, ApiFailure>> => {
  try {
    const { value, done } = await lines.next();
    return done === true ? refused({ code: 'unreachable' }) : ok(value);
  } catch {
    return refused({ code: 'unreachable' });
  }
};

const parseJson = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
