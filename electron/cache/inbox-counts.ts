import { z } from 'zod';
import type { InboxCounts } from '../../contract/ipc.ts';
import { type Inbox, inboxes } from '../../domain/forms/work.ts';
import type { Reads } from './database.ts';
import { isProblem, type Viewer } from './form-list.ts';

const none = { waiting: 0, mine: 0, problems: 0, checkBacksDue: 0 };
export const noInboxes: InboxCounts = { text: none, recording: none, checkBacksDue: 0 };

const row = z.object({
  inbox: z.enum(inboxes),
  waiting: z.int(),
  mine: z.int(),
  problems: z.int(),
  checkBacksDue: z.int(),
});

/** What stands in the inboxes, this desk's pending operations counted as done. */
export const countInboxes = (reads: Reads, { staffNumber, now }: Viewer): InboxCounts => {
  const rows = reads.all(
    row,
    `SELECT inbox, count(*) FILTER (WHERE work_state = 'waiting') AS waiting,
            count(*) FILTER (WHERE claimed_by = ?) AS mine,
            count(*) FILTER (WHERE ${isProblem} AND work_state IN ('waiting', 'claimed')) AS problems,
            count(*) FILTER (WHERE remind_at <= ?) AS checkBacksDue
     FROM forms WHERE inbox IS NOT NULL GROUP BY inbox`,
    ...[staffNumber, now, now],
  );
  const of = (inbox: Inbox): InboxCounts[Inbox] => {
    const found = rows.find((one) => one.inbox === inbox);
    if (!found) return none;
    const { inbox: _, ...counts } = found;
    return counts;
  };
  const own = reads.first(
    z.object({ n: z.int() }),
    `SELECT count(*) AS n FROM forms WHERE remind_at <= ? AND EXISTS (
       SELECT 1 FROM json_each(forms.form, '$.checkBacks') AS asked
       WHERE asked.value ->> 'by' = ? AND asked.value ->> 'answer' IS NULL AND asked.value ->> 'remindAt' <= ?)`,
    ...[now, staffNumber, now],
  );
  return { text: of('text'), recording: of('recording'), checkBacksDue: own?.n ?? 0 };
};
