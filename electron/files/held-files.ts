import { z } from 'zod';
import type { Reads } from '../cache/database.ts';

const heldFile = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number() });

/** Of a voice message, of which the form tells how long it is: 8,000 samples a second of 16 bits. */
const bytesPerMs = 16;

/**
 * Files of the forms that this person works now: those they hold or claimed, and their own drafts. Attachments, and what
 * a caller left as a message (A7); the forms changed last come first. Sizes in bytes, those of messages about.
 */
export const listHeldFiles = (reads: Reads, person: string): readonly z.output<typeof heldFile>[] =>
  reads.all(
    heldFile,
    `WITH held AS (
       SELECT form, changed_at FROM forms WHERE holder = ?
       UNION SELECT form, changed_at FROM forms WHERE claimed_by = ?
       UNION SELECT form, changed_at FROM forms WHERE desk = 'author' AND opened_by = ?
     ), named AS (
       SELECT file.value ->> '$.sha256' AS sha256, file.value ->> '$.size' AS size, held.changed_at
       FROM held, json_each(held.form, '$.attachments') AS file
       UNION ALL SELECT file.value ->> '$.sha256', (file.value ->> '$.ms') * ${bytesPerMs}, held.changed_at
       FROM held, json_each(held.form, '$.origin.recording') AS file
     )
     SELECT sha256, max(size) AS size FROM named GROUP BY sha256 ORDER BY max(changed_at) DESC, sha256`,
    ...[person, person, person],
  );
