import { z } from 'zod';
import { form as formShape } from '../../contract/sync.ts';
import type { CallbackRules } from '../../domain/forms/callback.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { attentionCards } from './attention-cards.ts';
import type { Reads, Writes } from './database.ts';
import { writeForm } from './form-row.ts';
import { jsonOf } from './json-column.ts';
import type { PlainView } from './masked-views.ts';
import { readCallbackRules, readProcedureRules } from './meta.ts';
import { countPendingOn, workIsPendingOn } from './outbox.ts';

const formRow = z.object({ form: jsonOf(formShape) });

export const readForm = (reads: Reads, id: string): Form | undefined =>
  reads.first(formRow, 'SELECT form FROM forms WHERE id = ?', id)?.form;

export const readView = (reads: Reads, id: string): PlainView | undefined => {
  const form = reads.first(formRow, 'SELECT form FROM forms WHERE id = ?', id)?.form;
  if (!form) return undefined;
  const tentative = form.work.state !== 'none' && workIsPendingOn(reads, id);
  return { form, pending: countPendingOn(reads, id), attention: attentionCards(reads, id), tentative };
};

/** Keeps the rules the centre tells; returns the callbacks looked at anew, none where nothing is new. */
export const takeCallbackRules = (writes: Writes, rules: CallbackRules): readonly string[] => {
  const told = JSON.stringify(rules);
  if (told === JSON.stringify(readCallbackRules(writes))) return [];
  writes.run('UPDATE meta SET callback_rules = ?', told);
  const callbacks = writes.all(formRow, "SELECT form FROM forms WHERE via = 'callback'");
  for (const { form } of callbacks) writeForm(writes, form);
  return callbacks.map(({ form }) => form.id);
};

/** Keeps what the hotline has settled for itself; whether it is new. */
export const takeProcedureRules = (writes: Writes, rules: ProcedureRules): boolean => {
  const told = JSON.stringify(rules);
  if (told === JSON.stringify(readProcedureRules(writes))) return false;
  writes.run('UPDATE meta SET procedure_rules = ?', told);
  // Who is told of a deadline is among them.
  const timed = writes.all(formRow, 'SELECT form FROM forms WHERE due_at IS NOT NULL');
  for (const { form } of timed) writeForm(writes, form);
  return true;
};
