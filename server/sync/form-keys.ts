import { createHash } from 'node:crypto';
import { contactIdsOf } from '../../domain/forms/contact-ids.ts';
import type { Form } from '../../domain/forms/form.ts';

/** A Message-ID may be a kilobyte of anything: the hash fits an index whatever it is. */
export const formKey = (kind: 'contact' | 'message', value: string): string =>
  createHash('sha256').update(`${kind}\n${value}`).digest('hex');

/** The keys that a form can be found by; each once. */
export const keysOf = (form: Form): readonly string[] => {
  const { origin, received } = form;
  const messages = [...(origin.via === 'e-mail' ? [origin.messageId] : []), ...received.map((one) => one.messageId)];
  return [
    ...new Set([
      ...contactIdsOf(form).map((id) => formKey('contact', id)),
      ...messages.filter((id) => id !== '').map((id) => formKey('message', id)),
    ]),
  ];
};
