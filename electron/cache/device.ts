import { v4 as uuidV4 } from 'uuid';
import { z } from 'zod';
import { type Operation, operation } from '../../domain/forms/operations.ts';
import type { Writes } from './database.ts';
import { jsonOf } from './json-column.ts';
import { takeSeq } from './meta.ts';

/**
 * A new name for this desk: a copy of it, a disk image or a backup put back, goes on under the old one. What
 * is pending is numbered anew under the new name and keeps its ids, so the centre knows again whatever the
 * old name has sent already. The number that form numbers carry comes with the next sign-in.
 */
export const renewDevice = (writes: Writes): void => {
  const device = uuidV4();
  writes.run('UPDATE meta SET device = ?, epoch = NULL', device);
  const pending = writes.all(
    z.object({ seq: z.int(), operation: jsonOf(operation) }),
    "SELECT seq, operation FROM outbox WHERE state = 'pending' ORDER BY seq",
  );
  for (const row of pending) {
    const seq = takeSeq(writes);
    const renamed: Operation = { ...row.operation, device, seq };
    writes.run('UPDATE outbox SET seq = ?, operation = ? WHERE seq = ?', seq, JSON.stringify(renamed), row.seq);
  }
};
