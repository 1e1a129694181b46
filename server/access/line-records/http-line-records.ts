import { z } from 'zod';
import { ok, type Result, refused } from '../../../domain/result.ts';
import type { LineRecords, LineRecordsFailure } from './line-records.ts';

const bill = z.object({
  months: z
    .array(z.object({ month: z.int().min(1).max(12), fen: z.int().min(-1e12).max(1e12) }))
    .max(12)
    .readonly(),
});

const maxAnswerBytes = 64 * 1024;

/**
 * Line records behind HTTP, relative to the address set:
 *
 *   GET  lines/<line>        200 the line is known, 404 it is not
 *   POST lines/<line>/bill   `{"password"}` → 200 `{"months": [{"month": 10, "fen": 12345}]}`, the latest first;
 *                            403 or 404 where line and password do not belong together
 *
 * A password goes in the body, so that no proxy logs it with the address.
 */
export const httpLineRecords = (base: string, timeoutMs: number): LineRecords => {
  const ask = async (path: string, init: RequestInit): Promise<Result<Response, LineRecordsFailure>> => {
    try {
      return ok(
        await fetch(new URL(path, base.endsWith('/') ? base : `${base}/`), {
          ...init,
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        }),
      );
    } catch (error) {
      return refused(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    }
  };
  const odd = async (answer: Response) => {
    await answer.body?.cancel();
    return refused(`answered ${answer.status}`);
  };

  return {
    findLine: async (line) => {
      const asked = await ask(`lines/${encodeURIComponent(line)}`, {});
      if (!asked.ok) return asked;
      const { status, body } = asked.value;
      if (status !== 200 && status !== 404) return odd(asked.value);
      await body?.cancel();
      return ok(status === 200 ? 'found' : 'unknown');
    },
    readBill: async (line, password) => {
      const asked = await ask(`lines/${encodeURIComponent(line)}/bill`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password }),
      });
      if (!asked.ok) return asked;
      const answer = asked.value;
      if (answer.status === 403 || answer.status === 404) {
        await answer.body?.cancel();
        return ok('refused');
      }
      if (answer.status !== 200) return odd(answer);
      return readBillOf(answer);
    },
  };
};

const readBillOf = async (answer: Response): Promise<Result<z.infer<typeof bill>, LineRecordsFailure>> => {
  try {
    const text = await answer.text();
    const parsed = text.length > maxAnswerBytes ? undefined : bill.safeParse(JSON.parse(text));
    return parsed?.success ? ok(parsed.data) : refused('answered something that is no bill');
  } catch {
    return refused('answered something that is no bill');
  }
};
