import type { Form } from '../../../domain/forms/form.ts';
import { isFormNumber } from '../../../domain/forms/form-number.ts';
import type { ReadMail } from './read-mail.ts';

/** The form a mail belongs to, and the check-back it answers where that is known. */
export interface Thread {
  readonly form: Form;
  readonly checkBack: string | null;
}

export interface ThreadSources {
  /** The form a letter of ours is about, by the letter's Message-ID; its id where it was a check-back. */
  readonly findByOwnLetter: (
    messageId: string,
  ) => Promise<{ readonly form: string; readonly checkBack: string | null } | undefined>;
  readonly findById: (id: string) => Promise<Form | undefined>;
  readonly findByNumber: (number: string) => Promise<Form | undefined>;
  readonly findByMessageId: (messageId: string) => Promise<Form | undefined>;
}

/**
 * What a mail answers. To name a Message-ID of ours is proof enough, for nobody but who got our letter
 * knows it: a customer may answer from another address. A form number in the subject and a Message-ID of
 * theirs are not secret; there the sender must be one whose address is on the form already.
 */
export const findThread = async (mail: ReadMail, sources: ThreadSources): Promise<Thread | undefined> => {
  for (const id of [...mail.references, ...mail.returned]) {
    const letter = await sources.findByOwnLetter(id);
    const form = letter && (await sources.findById(letter.form));
    if (letter && form) return { form, checkBack: letter.checkBack };
  }
  for (const id of mail.references) {
    const form = await sources.findByMessageId(id);
    if (form && knowsSender(form, mail.from)) return { form, checkBack: openCheckBack(form) };
  }
  for (const number of numbersIn(mail.subject)) {
    const form = await sources.findByNumber(number);
    if (form && knowsSender(form, mail.from)) return { form, checkBack: openCheckBack(form) };
  }
  return undefined;
};

/** Form numbers with their right check digit; one with a suffix (server/sync/take-operations.ts) first with it, then without. */
export const numbersIn = (text: string): readonly string[] =>
  [...text.matchAll(/\b(\d{6}-\d{4,}-\d{3,}-\d)(-\d{1,3})?\b/g)].flatMap(([, number = '', suffix]) => {
    if (!isFormNumber(number)) return [];
    return suffix === undefined ? [number] : [number + suffix, number];
  });

const knowsSender = (form: Form, sender: string): boolean =>
  sender !== '' &&
  [
    form.origin.via === 'e-mail' ? form.origin.from : '',
    ...form.checkBacks.filter(({ channel }) => channel === 'e-mail').map(({ to }) => to),
    ...form.received.map(({ from }) => from),
  ].some((address) => address.toLowerCase() === sender);

/** The newest that was asked by mail and has no answer yet. */
const openCheckBack = (form: Form): string | null =>
  form.checkBacks.findLast(({ channel, answer }) => channel === 'e-mail' && answer === null)?.id ?? null;
