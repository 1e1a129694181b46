import { z } from 'zod';
import type { Reads } from '../cache/database.ts';

const heldFile = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number() });

/** Of a voice message, of which the form tells how long it is: 8,000 samples a second of 16 bits. */
const bytesPerMs = 16;

/** Nobody goes on writing at more. */
const mostDrafts = 200;

/**
 * Files of the forms that this person works now: those they hold or claimed, and their own latest drafts. Attachments, and what
 * a caller left as a message (A7); the forms changed last come first. Sizes in bytes, those of messages about.
 */
export const listHeldFiles = (reads: Reads, person: string): readonly z.output<typeof heldFile>[] =>
  reads.all(
    heldFile,
    `WITH held AS (
       SELECT key FROM forms WHERE holder = ?
       UNION SELECT key FROM forms WHERE claimed_by = ?
       UNION SELECT key FROM (
         SELECT key FROM forms WHERE status = 'draft' AND opened_by = ? ORDER BY changed_at DESC LIMIT ${mostDrafts})
     ), named AS (
       SELECT file.value ->> '$.sha256' AS sha256, file.value ->> '$.size' AS size, changed_at
       FROM held JOIN forms USING (key), json_each(form, '$.attachments') AS file
       UNION ALL SELECT file.value ->> '$.sha256', (file.value ->> '$.ms') * ${bytesPerMs}, changed_at
       FROM held JOIN forms USING (key), json_each(form, '$.origin.recording') AS file
     )
     SELECT sha256, max(size) AS size FROM named GROUP BY sha256 ORDER BY max(changed_at) DESC, sha256`,
    ...[person, person, person],
  );
