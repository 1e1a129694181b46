import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { v7 as uuidV7 } from 'uuid';
import type { Attachment } from '../../domain/forms/complaint.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { OpenRequest } from '../../server/forms/centre-forms.ts';
import { createCentreForms } from '../../server/forms/create-centre-forms.ts';
import { openAttachmentStore } from '../../server/records/attachment-store.ts';
import { openEmbedded } from '../../server/records/open-records.ts';

/** What comes in while nobody is at a desk, put there by the centre's own hand. */
export interface Filling {
  /** Opens a form of the centre's; its id. */
  readonly open: (request: Omit<OpenRequest, 'form' | 'operation'>) => Promise<string>;
  /** Bytes in the attachment store; their SHA-256. */
  readonly keep: (bytes: Buffer) => Promise<string>;
  readonly attach: (name: string, mediaType: string, bytes: Buffer) => Promise<Attachment>;
}

/** Fills the records of a centre that does not run. */
export const fillInboxes = async (dataDir: string, fill: (filling: Filling) => Promise<void>): Promise<void> => {
  await mkdir(dataDir, { recursive: true });
  const records = await openEmbedded(join(dataDir, 'records'));
  try {
    const store = await openAttachmentStore(join(dataDir, 'attachments'));
    const forms = createCentreForms({
      db: records.db,
      clock: Date.now,
      rules: usualProcedureRules,
    });
    const keep = async (bytes: Buffer): Promise<string> => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const kept = await store.keep(sha256, Readable.from([bytes]));
      if (!kept.ok) throw new Error(kept.error);
      return sha256;
    };
    await fill({
      keep,
      attach: async (name, mediaType, bytes) => ({
        id: randomUUID(),
        sha256: await keep(bytes),
        name,
        mediaType,
        size: bytes.length,
      }),
      open: async (request) => {
        const opened = await forms.open({ ...request, form: uuidV7(), operation: uuidV7() });
        if (!opened.ok) throw new Error(JSON.stringify(opened.error));
        return opened.value.id;
      },
    });
  } finally {
    await records.close();
  }
};
