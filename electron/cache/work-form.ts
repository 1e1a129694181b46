import { v7 as uuidV7 } from 'uuid';
import {
  type ComplaintField,
  type ComplaintFields,
  complaintFields,
  emptyComplaint,
} from '../../domain/forms/complaint.ts';
import type { Form, Refusal } from '../../domain/forms/form.ts';
import type { FormKind } from '../../domain/forms/form-kind.ts';
import { dayOfNumber, formNumber } from '../../domain/forms/form-number.ts';
import type { FormAction } from '../../domain/forms/operations.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Writes } from './database.ts';
import { readForm } from './form-views.ts';
import { readMeta, takeFormCount } from './meta.ts';
import { type Author, act } from './store/act.ts';
import { deskStoreOf } from './store/sqlite-desk-store.ts';

/** What is known of a complaint when its form is opened. */
export type KnownFields = { readonly [Name in ComplaintField]?: ComplaintFields[Name] | undefined };

/** A new form with a number of this desk's own; part of the caller's transaction. */
export const openForm = (
  writes: Writes,
  author: Author,
  known: KnownFields,
  kind: FormKind = 'complaint',
): Result<Form, Refusal> => {
  const { desk_number: desk } = readMeta(writes);
  if (desk === null) throw new Error('this desk has no number: nobody has signed in online');
  const day = dayOfNumber(new Date(author.now));
  const number = formNumber({ day, desk, count: takeFormCount(writes, day) });
  const given = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  const fields = complaintFields.parse({ ...emptyComplaint, ...given });
  const origin = { via: 'desk', channel: fields.channel } as const;
  const payload = { number, kind, origin, fields, attachments: [] };
  return act(deskStoreOf(writes), author, { form: uuidV7(), kind: 'form.open', payload });
};

/**
 * What the agent did, applied and put in the outbox in the caller's transaction; a refused action
 * leaves no trace. The attachment that is on the form already is not attached twice.
 */
export const performAction = (writes: Writes, author: Author, action: FormAction): Result<Form, Refusal> => {
  const form = readForm(writes, action.form);
  if (form && action.kind === 'form.attach' && form.attachments.some((one) => one.id === action.payload.id))
    return ok(form);
  return act(deskStoreOf(writes), author, action);
};
