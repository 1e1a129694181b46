import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';

const row = z.object({
  id: z.uuid(),
  form: z.looseObject({ attachments: z.array(z.looseObject({ sha256: z.string() })) }),
});
const batchSize = 500;

/** Notes which files stand on which forms. Part of a step taken: never edited. */
export const noteAttachments = async (db: QueryExecutorProvider): Promise<void> => {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const found = await sql`select id, form from forms where id > ${after} order by id limit ${batchSize}`.execute(db);
    const forms = found.rows.map((one) => row.parse(one));
    const notes = forms.flatMap(({ id, form }) => form.attachments.map(({ sha256 }) => ({ form: id, sha256 })));
    await sql`insert into form_attachments (form, sha256)
      select distinct form, sha256 from json_to_recordset(${JSON.stringify(notes)}::json) as noted (form uuid, sha256 text)
      `.execute(db);
    after = forms.at(-1)?.id ?? after;
    if (found.rows.length < batchSize) return;
  }
};
