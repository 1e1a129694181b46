import { ok, type Result, refused } from '../result.ts';

/** A message left on the public page (A1), checked alike in the browser that sends it and at the centre. */
export interface WebMessage {
  readonly kind: WebMessageKind;
  /** As the customer wants to be called; may be empty. */
  readonly name: string;
  readonly contactBy: ContactBy;
  /** A telephone number of digits and `+`, or an e-mail address. */
  readonly contact: string;
  readonly text: string;
}

export const webMessageKinds = ['complaint', 'suggestion'] as const;
export type WebMessageKind = (typeof webMessageKinds)[number];

export const contactWays = ['phone', 'e-mail'] as const;
export type ContactBy = (typeof contactWays)[number];

/** Every field as it was typed. */
export type TypedMessage = Readonly<Record<keyof WebMessage, string>>;

export type FieldProblem = 'missing' | 'too-long' | 'not-a-number' | 'not-an-address' | 'not-offered';
export type FieldProblems = Partial<Record<keyof WebMessage, FieldProblem>>;

/** Lengths in UTF-16 units, files in bytes. A contact fits its field on the form. */
export const webMessageLimits = {
  name: 100,
  phone: 40,
  address: 254,
  text: 5_000,
  files: 5,
  fileBytes: 10 * 1024 * 1024,
  allFilesBytes: 20 * 1024 * 1024,
} as const;

/** What the customer meant by what was typed, or what is wrong with each field. */
export const readWebMessage = (typed: TypedMessage): Result<WebMessage, FieldProblems> => {
  const kind = webMessageKinds.find((one) => one === typed.kind);
  const contactBy = contactWays.find((one) => one === typed.contactBy);
  const name = oneLine(typed.name);
  const text = readableText(typed.text).trim();
  const contact = contactBy === 'phone' ? telephoneNumber(typed.contact) : oneLine(typed.contact);
  const contactProblem = contactBy && problemOf[contactBy](contact);
  const problems: FieldProblems = {
    ...(kind === undefined ? { kind: 'not-offered' } : {}),
    ...(name.length > webMessageLimits.name ? { name: 'too-long' } : {}),
    ...(contactBy === undefined ? { contactBy: 'not-offered' } : {}),
    ...(contactProblem === undefined ? {} : { contact: contactProblem }),
    ...(text === '' ? { text: 'missing' } : text.length > webMessageLimits.text ? { text: 'too-long' } : {}),
  };
  if (kind === undefined || contactBy === undefined || Object.keys(problems).length > 0) return refused(problems);
  return ok({ kind, name, contactBy, contact, text });
};

/** Without characters that no keyboard types; a database refuses some, a screen is confused by others. */
export const readableText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''));

const oneLine = (text: string): string => readableText(text).replace(/\s+/g, ' ').trim();

/** Without the signs people set in a number to read it better, and with ASCII digits for full-width ones. */
const telephoneNumber = (typed: string): string =>
  oneLine(typed)
    .normalize('NFKC')
    .replace(/[-.() ]/g, '');

const problemOfNumber = (number: string): FieldProblem | undefined => {
  if (number === '') return 'missing';
  if (number.length > webMessageLimits.phone) return 'too-long';
  return /^\+?\d{5,}$/.test(number) ? undefined : 'not-a-number';
};

const problemOfAddress = (address: string): FieldProblem | undefined => {
  if (address === '') return 'missing';
  if (address.length > webMessageLimits.address) return 'too-long';
  return /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\.]+(?:\.[^\s@<>,;:"()[\]\\.]+)+$/.test(address)
    ? undefined
    : 'not-an-address';
};

const problemOf: Record<ContactBy, (contact: string) => FieldProblem | undefined> = {
  phone: problemOfNumber,
  'e-mail': problemOfAddress,
};
