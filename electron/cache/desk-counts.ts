import { z } from 'zod';
import { type DeskCounts, type WorkedDesk, workedDesks } from '../../contract/ipc.ts';
import type { Reads } from './database.ts';
import { isOverdue, onDesk, type Viewer } from './form-list.ts';

const none = { all: 0, held: 0, overdue: 0 };
export const noDesks: DeskCounts = {
  ...{ senior: none, department: none, manager: none, 'call-back': none, 'data-admin': none },
  overdue: 0,
};

const count = z.object({ all: z.int(), held: z.int(), overdue: z.int() });

/** What lies at each desk, this desk's pending operations counted as done. */
export const countDesks = (reads: Reads, viewer: Viewer): DeskCounts => {
  const at = (desk: WorkedDesk) => {
    const [sql, ...values] = onDesk(desk, viewer);
    return reads.first(
      count,
      `SELECT count(*) AS "all", count(*) FILTER (WHERE holder = ?) AS held,
              count(*) FILTER (WHERE ${isOverdue}) AS overdue
       FROM forms WHERE ${sql}`,
      ...[viewer.staffNumber, viewer.now, ...values],
    );
  };
  const overdue = reads.first(
    z.object({ n: z.int() }),
    `SELECT count(*) AS n FROM forms WHERE ${isOverdue}`,
    viewer.now,
  );
  const counted = Object.fromEntries(workedDesks.map((desk) => [desk, at(desk) ?? none]));
  return { ...noDesks, ...counted, overdue: overdue?.n ?? 0 };
};
