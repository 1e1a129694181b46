import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import type { Attachment } from '../../domain/forms/complaint.ts';
import { centreStaffNumber } from '../../domain/people/roles.ts';
import type { AttachmentStore } from '../records/attachment-store.ts';
import type { Tables } from '../records/tables.ts';

/** A file as it came in, before it is on a form. */
export interface IncomingFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface FileKeeper {
  /** On the disk and in the records when it resolves; `id` is the attachment's on the form. At most 20 MB. */
  readonly keep: (file: IncomingFile, id: string) => Promise<Attachment>;
}

export const createFileKeeper = (parts: {
  readonly store: AttachmentStore;
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
}): FileKeeper => ({
  keep: async ({ name, mediaType, bytes }, id) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const kept = await parts.store.keep(sha256, Readable.from([bytes]));
    if (!kept.ok) throw new Error(`a file could not be kept: ${kept.error}`);
    await parts.db
      .insertInto('attachments')
      .values({ sha256, size: bytes.length, stored_at: parts.clock(), stored_by: centreStaffNumber })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return { id, sha256, name, mediaType, size: bytes.length };
  },
});
