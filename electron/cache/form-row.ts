import { z } from 'zod';
import type { Form } from '../../domain/forms/form.ts';
import { type FormRules, formRow, formRowNames } from '../../domain/forms/form-row.ts';
import type { Writes } from './database.ts';
import { readCallbackRules, readProcedureRules } from './meta.ts';
import { forgetForm, indexForm } from './search/form-index.ts';
import type { SentForm } from './store/desk-store.ts';

export const readFormRules = (writes: Writes): FormRules => ({
  callbacks: readCallbackRules(writes),
  procedures: readProcedureRules(writes),
});

/** Writes the screen's state of a form with the columns that lists and counts look at, and what is searched. */
export const writeForm = (writes: Writes, form: Form, rules: FormRules = readFormRules(writes)): void => {
  const row = formRow(form, rules);
  writes.run(writeSql, ...Object.values(row), JSON.stringify(form));
  indexForm(writes, row, searchedText(form));
};

/** Brings a form that was put off into what a search looks through. */
export const indexPutOff = (writes: Writes, form: Form, rules: FormRules): void =>
  indexForm(writes, formRow(form, rules), searchedText(form));

/**
 * Writes the centre's forms as they came, unless what is here is newer; a search will find them later (`indexSome`).
 * `text` is the form as JSON, in UTF-8: it is parsed when it is read.
 */
export const putSentForms = (writes: Writes, forms: readonly SentForm[]): void => {
  const last = writes.first(keyRow, 'SELECT coalesce(max(key), 0) AS key FROM forms')?.key ?? 0;
  for (const { row, text } of forms) {
    if (writes.runCounted(insertSentSql, ...row, text) > 0) continue;
    const renewed = writes.first(keyRow, renewSentSql, ...row, text);
    if (renewed) writes.run('INSERT INTO unindexed (key) VALUES (?) ON CONFLICT (key) DO NOTHING', renewed.key);
  }
  writes.run('INSERT INTO unindexed (key) SELECT key FROM forms WHERE key > ? ON CONFLICT (key) DO NOTHING', last);
};
const keyRow = z.object({ key: z.int() });

function insertOf(names: readonly string[], last: string): string {
  return `INSERT INTO forms (${names.join(', ')}) VALUES (${'?, '.repeat(names.length - 1)}${last})`;
}

function upsertOf(names: readonly string[], last = '?'): string {
  return `${insertOf(names, last)} ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

const writeSql = upsertOf([...formRowNames, 'form']);
const sentNames = ['cursor', ...formRowNames, 'form'];
/** Of those of a fill most are new here, and this takes half as long for them as the other. */
const insertSentSql = `${insertOf(sentNames, 'CAST(? AS TEXT)')} ON CONFLICT (id) DO NOTHING`;
const renewSentSql = `${upsertOf(sentNames, 'CAST(? AS TEXT)')}, server_form = NULL
  WHERE excluded.cursor > coalesce(forms.cursor, 0) RETURNING key`;

/** Neither lists nor a search show it any more. */
export const removeForm = (writes: Writes, id: string): void => {
  forgetForm(writes, id);
  writes.run('DELETE FROM forms WHERE id = ?', id);
};

const searchedText = ({ number, fields, transcript, origin }: Form): string =>
  [
    number,
    fields.callerName,
    fields.contactNumber,
    fields.account,
    fields.text,
    fields.happenedWhere,
    fields.forwardedBy,
    transcript,
    ...(origin.via === 'e-mail' ? [origin.from, origin.fromName, origin.subject] : []),
  ].join('\n');
