import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Form } from '../../../domain/forms/form.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import type { CentreForms } from '../../forms/centre-forms.ts';
import { createCentreForms } from '../../forms/create-centre-forms.ts';
import { type AttachmentStore, openAttachmentStore } from '../../records/attachment-store.ts';
import { openPglite, type Records } from '../../records/open-records.ts';
import { readSettings } from '../../settings.ts';
import { pushInto } from '../../sync/push.fixture.ts';
import type { Push } from '../../sync/push.ts';
import { startIntake } from '../start-intake.ts';

/** The intake on records in memory, started and stopped as a centre would, without the rest of one. */
export interface IntakeCentre {
  readonly records: Records;
  readonly forms: CentreForms;
  /** What desks push. */
  readonly push: Push;
  readonly store: AttachmentStore;
  readonly registry: Registry;
  readonly start: (environment: Readonly<Record<string, string>>) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly allForms: () => Promise<readonly Form[]>;
  readonly close: () => Promise<void>;
}

export const createIntakeCentre = async (): Promise<IntakeCentre> => {
  const folder = await mkdtemp(join(tmpdir(), `zuoxi-intake-${randomUUID().slice(0, 8)}-`));
  const records = await openPglite(new PGlite());
  const store = await openAttachmentStore(folder);
  const forms = createCentreForms({
    db: records.db,
    clock: Date.now,
    rules: usualProcedureRules,
  });
  let registry = new Registry();
  let running: Awaited<ReturnType<typeof startIntake>> | undefined;
  const stop = async () => {
    await running?.stop();
    running = undefined;
  };
  return {
    records,
    forms,
    push: pushInto(records, { clock: Date.now, onChanged: forms.tellChanged }),
    store,
    get registry() {
      return registry;
    },
    start: async (environment) => {
      const settings = readSettings(environment);
      if (!settings.ok) throw new Error(settings.error.join());
      registry = new Registry();
      running = await startIntake({
        settings: settings.value.intake,
        db: records.db,
        forms,
        store,
        registry,
        clock: Date.now,
        random: Math.random,
        log: pino({ level: process.env['ZUOXI_LOG_LEVEL'] ?? 'silent' }),
      });
    },
    stop,
    allForms: async () => {
      const rows = await records.db.selectFrom('forms').select('form').orderBy('opened_at').execute();
      return rows.map(({ form }) => form);
    },
    close: async () => {
      await stop();
      await records.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Until it is so, or until two minutes are over. */
export const until = async <Value>(find: () => Promise<Value | undefined | false>): Promise<Value> => {
  for (const end = Date.now() + 120_000; ; ) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error('waited two minutes for nothing');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
