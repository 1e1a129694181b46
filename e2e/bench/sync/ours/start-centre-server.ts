import { join } from 'node:path';
import { sql } from 'kysely';
import type { Form } from '../../../../domain/forms/form.ts';
import { deskOf } from '../../../../domain/forms/procedure/stages.ts';
import { addDemoStaff } from '../../../../server/demo-staff.ts';
import { startPostgres } from '../../../../server/records/engines.fixture.ts';
import { openEmbedded, openPostgres, type Records } from '../../../../server/records/open-records.ts';
import { formRulesOf, readSettings } from '../../../../server/settings.ts';
import { prepareSegments } from '../../../../server/sync/snapshot-segments.ts';
import { startCentre } from '../../../stage/centre.ts';
import type { StartServer } from '../server.ts';

const formsAtOnce = 1_000;

/** Puts forms into empty records as they stand after their operations. */
const seed = async ({ db, close, tidyUp }: Records, forms: readonly Form[]): Promise<void> => {
  await addDemoStaff(db, Date.now());
  for (let from = 0; from < forms.length; from += formsAtOnce) {
    const rows = forms.slice(from, from + formsAtOnce).map((form, at) => ({
      id: form.id,
      number: form.number,
      kind: form.kind,
      status: form.status,
      work_state: form.work.state,
      inbox: null,
      stage: form.procedure.stage,
      desk: deskOf(form.kind, form.procedure.stage),
      next_warning_at: null,
      contact_number: form.fields.contactNumber,
      opened_by: form.openedBy,
      opened_at: form.openedAt,
      changed_at: form.changedAt,
      cursor: from + at + 1,
      form: JSON.stringify(form),
    }));
    await db.insertInto('forms').values(rows).execute();
  }
  await db.updateTable('change_cursor').set({ cursor: forms.length }).execute();
  // A centre that has been up for a minute has its fills prepared.
  const settings = readSettings(process.env);
  if (!settings.ok) throw new Error(settings.error.join('\n'));
  while (await prepareSegments(db, formRulesOf(settings.value)));
  await sql`analyze`.execute(db);
  await tidyUp();
  await close();
};

/** Our server on PostgreSQL, which flushes every commit to the disk as it does by itself. */
export const startOnPostgres: StartServer = async (folder, forms) => {
  const postgres = await startPostgres({ durable: true });
  const url = await postgres.createDatabase();
  await seed(await openPostgres(url, 4), forms);
  const centre = await startCentre({
    dataDir: join(folder, 'data'),
    environment: { DATABASE_URL: url, ZUOXI_DEMO: '' },
  });
  return {
    url: centre.url,
    stop: async () => {
      await centre.stop();
      await postgres.stop();
    },
  };
};

/** Our server on the PGlite in its own data folder. */
export const startOnPglite: StartServer = async (folder, forms) => {
  const dataDir = join(folder, 'data');
  await seed(await openEmbedded(join(dataDir, 'records')), forms);
  const centre = await startCentre({ dataDir, environment: { ZUOXI_DEMO: '' } });
  return { url: centre.url, stop: centre.stop };
};
