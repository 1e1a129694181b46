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
 * Writes the centre's form as it came, unless what is here is newer; a search will find it later (`indexSome`). `text`
 * is the form as JSON, in UTF-8: it is parsed when it is read.
 */
export const putSentForm = (writes: Writes, { cursor, row, text }: SentForm): void => {
  const put = writes.first(keyRow, putSentSql, ...row, cursor, text);
  if (put) writes.run('INSERT INTO unindexed (key) VALUES (?) ON CONFLICT (key) DO NOTHING', put.key);
};
const keyRow = z.object({ key: z.int() });

function upsertOf(names: readonly string[], last = '?'): string {
  return `INSERT INTO forms (${names.join(', ')}) VALUES (${'?, '.repeat(names.length - 1)}${last})
    ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

const writeSql = upsertOf([...formRowNames, 'form']);
const putSentSql = `${upsertOf([...formRowNames, 'cursor', 'form'], 'CAST(? AS TEXT)')}, server_form = NULL
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
