import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { contactIdsOf } from '../../domain/forms/contact-ids.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { Tables } from '../records/tables.ts';

/** A Message-ID may be a kilobyte of anything: the hash fits an index whatever it is. */
export const formKey = (kind: 'contact' | 'message', value: string): string =>
  createHash('sha256').update(`${kind}\n${value}`).digest('hex');

/** Keys are only ever added: what once led to a form leads to it for good. */
export const writeFormKeys = async (transaction: Transaction<Tables>, form: Form): Promise<void> => {
  const keys = keysOf(form);
  if (keys.length === 0) return;
  await transaction
    .insertInto('form_keys')
    .values(keys.map((key) => ({ key, form: form.id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const keysOf = (form: Form): readonly string[] => {
  const { origin, received } = form;
  const messages = [...(origin.via === 'e-mail' ? [origin.messageId] : []), ...received.map((one) => one.messageId)];
  return [
    ...new Set([
      ...contactIdsOf(form).map((id) => formKey('contact', id)),
      ...messages.filter((id) => id !== '').map((id) => formKey('message', id)),
    ]),
  ];
};
