import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { openDatabase } from './database.ts';
import { listForms } from './form-list.ts';
import { readForm, readView } from './form-views.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { openCache } from './open-cache.ts';

import { rebase } from './rebase.ts';
import { author, indexAll, inFolder, onStore, sendableOf, testKey } from './testing/cache-with-desk.ts';

const formId = '019ab000-0000-7000-8000-000000000001';
const device = '11111111-1111-4111-8111-111111111111';
// NUL and half an emoji are in what people paste; they must come through.
const odd = 'a\u0000b \ud83d "引号" \\';

const { forwardedBy: _, idNumber: __, ...firstFields } = emptyComplaint;
const openOperation = {
  id: '019ab000-0000-7000-8000-00000000000a',
  device,
  seq: 1,
  form: formId,
  madeAt: 1,
  by: '1001',
  kind: 'form.open',
  payload: { number: '261124-0017-001-7', fields: { ...firstFields, channel: 'letter', text: odd } },
};
const noteOperation = {
  ...openOperation,
  id: '019ab000-0000-7000-8000-00000000000b',
  seq: 2,
  kind: 'form.note',
  payload: { text: odd },
};
const firstForm = {
  id: formId,
  number: '261124-0017-001-7',
  status: 'draft',
  fields: { ...firstFields, channel: 'letter', text: odd },
  attachments: [],
  notes: [{ operation: noteOperation.id, by: '1001', at: 1, text: odd }],
  calls: [],
  openedBy: '1001',
  openedAt: 1,
  changedAt: 1,
  history: [
    { operation: openOperation.id, kind: 'form.open', by: '1001', at: 1 },
    { operation: noteOperation.id, kind: 'form.note', by: '1001', at: 1 },
  ],
};

/** A cache as the first desks wrote it: a form of the centre's, and one with its operations not sent yet. */
const writeFirstCache = (folder: string): void => {
  const database = openDatabase(join(folder, 'cache.db'), 'plain');
  migrate(database, migrations.slice(0, 1));
  database.write((writes) => {
    writes.run('INSERT INTO meta (id, device, next_seq, desk_number) VALUES (1, ?, 3, 17)', device);
    writes.run('INSERT INTO server_forms (id, cursor, form) VALUES (?, 4, ?)', formId, JSON.stringify(firstForm));
    for (const operation of [openOperation, noteOperation]) {
      writes.run(
        `INSERT INTO outbox (seq, id, form, form_number, kind, made_at, operation, state)
         VALUES (?, ?, ?, ?, ?, 1, ?, 'pending')`,
        ...[operation.seq, operation.id, formId, firstForm.number, operation.kind, JSON.stringify(operation)],
      );
    }
    writes.run(
      `INSERT INTO forms (id, number, status, caller_name, contact_number, excerpt, opened_by, opened_at,
                          changed_at, search_text, form)
       VALUES (?, ?, 'draft', '', '', '', '1001', 1, 1, ?, ?)`,
      ...[formId, firstForm.number, `${firstForm.number}\n${odd}`, JSON.stringify(firstForm)],
    );
  });
  database.close();
};

test('P2 a cache of the first version is read as if this one had written it, its outbox too', () =>
  inFolder((folder) => {
    writeFirstCache(folder);
    const opened = openCache(folder, testKey);
    if (!opened.ok) throw new Error(opened.error.code);
    const { database } = opened.value;
    const pending = sendableOf({ database }, '1001');
    const asOfNow = rebase(undefined, pending, { roles: ['junior-agent'] }, usualProcedureRules);
    expect(asOfNow.blocked.size).toBe(0);
    expect(asOfNow.form).toMatchObject({ kind: 'complaint', origin: { via: 'desk', channel: 'letter' } });
    expect(database.read((reads) => readForm(reads, formId))).toEqual(asOfNow.form);
    expect(onStore({ database }, (store) => store.serverForm(formId))).toEqual(asOfNow.form);
    expect(database.read((reads) => readView(reads, formId))).toMatchObject({ pending: 2, tentative: false });
    const query = { search: '', status: null, inbox: null, desk: null, part: null, limit: 9, offset: 0 };
    expect(database.read((reads) => listForms(reads, query, author())).forms).toMatchObject([
      { id: formId, kind: 'complaint', work: { state: 'none' }, problem: false, nextTryAt: null },
    ]);
    indexAll({ database });
    for (const search of ['引号', '0017', 'B'])
      expect(database.read((reads) => listForms(reads, { ...query, search }, author())).forms).toHaveLength(1);
    database.close();
  }));

const idOfForm = (at: number): string => `01890000-0000-7000-8000-${String(at).padStart(12, '0')}`;

test('P2 forms of the first version are found after the upgrade, last changed first, many of one second too', () =>
  inFolder((folder) => {
    const times = [...Array.from({ length: 40 }, () => 5_000), 5_900, 6_000, 61_000];
    const database = openDatabase(join(folder, 'cache.db'), 'plain');
    migrate(database, migrations.slice(0, 1));
    database.write((writes) => {
      for (const [at, changedAt] of times.entries())
        writes.run(
          `INSERT INTO forms (id, number, status, caller_name, contact_number, excerpt, opened_by, opened_at,
                              changed_at, search_text, form)
           VALUES (?, ?, 'draft', '', '', '', '1001', 1, ?, '宽带ＡＢＣ', ?)`,
          ...[
            idOfForm(at),
            `n-${at}`,
            changedAt,
            JSON.stringify({
              ...firstForm,
              id: idOfForm(at),
              changedAt,
              fields: { ...firstForm.fields, text: '宽带ＡＢＣ' },
            }),
          ],
        );
    });
    database.close();
    const opened = openCache(folder, testKey);
    if (!opened.ok) throw new Error(opened.error.code);
    indexAll(opened.value);
    const query = { search: '带abc', status: null, inbox: null, desk: null, part: null, limit: 200, offset: 0 };
    const { forms } = opened.value.database.read((reads) => listForms(reads, query, author()));
    expect(forms.map(({ changedAt }) => changedAt)).toEqual([...times].reverse());
    opened.value.database.close();
  }));

test('an upgraded cache has the schema of a fresh one', () =>
  inFolder((folder) =>
    inFolder((other) => {
      writeFirstCache(folder);
      const schemas = [folder, other].map((one) => {
        const opened = openCache(one, testKey);
        if (!opened.ok) throw new Error(opened.error.code);
        const found = opened.value.database.read((reads) =>
          reads.all(
            z.object({ name: z.string(), sql: z.string().nullable() }),
            'SELECT name, sql FROM sqlite_schema ORDER BY name',
          ),
        );
        opened.value.database.close();
        return found;
      });
      expect(schemas[0]).toEqual(schemas[1]);
    }),
  ));
