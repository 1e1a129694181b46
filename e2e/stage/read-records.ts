import { join } from 'node:path';
import type { z } from 'zod';
import { form } from '../../contract/sync.ts';
import { openEmbedded } from '../../server/records/open-records.ts';

/** What stands in the embedded database of a centre that is stopped. */
export interface KeptRecords {
  readonly forms: readonly z.infer<typeof form>[];
  readonly operations: readonly { readonly device: string; readonly seq: number; readonly outcome: string }[];
}

export const readRecords = async (dataDir: string): Promise<KeptRecords> => {
  const records = await openEmbedded(join(dataDir, 'records'));
  try {
    const forms = await records.db.selectFrom('forms').select('form').execute();
    const operations = await records.db.selectFrom('operations').select(['device', 'seq', 'outcome']).execute();
    return { forms: forms.map((row) => form.parse(row.form)), operations };
  } finally {
    await records.close();
  }
};
