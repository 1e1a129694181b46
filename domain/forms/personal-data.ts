import { isMasked, maskAccount, maskContact, maskIdNumber, maskName, maskPhone } from '../people/mask.ts';
import { mayDo, type Role } from '../people/roles.ts';
import type { Form, FormStatus } from './form.ts';
import type { Origin } from './origin.ts';
import { type MaskedField, maskedFields } from './procedure/procedure.ts';
import type { Work } from './work.ts';

/** Who looks at a form. */
export interface Looker {
  readonly staffNumber: string;
  readonly roles: readonly Role[];
  /** Contact ids of the calls that are up at their desk. */
  readonly callsInHand: readonly string[];
}

/** What of a form decides who sees it plain. */
export interface Standing {
  readonly status: FormStatus;
  readonly openedBy: string;
  readonly work: Work;
  readonly holder: string | null;
  /** Contact ids of the calls it was written in. */
  readonly calls: readonly string[];
}

export const standingOf = ({ status, openedBy, work, procedure, calls }: Form): Standing => ({
  status,
  openedBy,
  work,
  holder: procedure.holder,
  calls: calls.map(({ contactId }) => contactId),
});

/**
 * Whether somebody sees the personal data on a form without asking: who writes it, has claimed it or taken it up,
 * who has its user on the line, and who may see all. Each of these but the last stands in its history.
 */
export const seesPlain = (form: Standing, { staffNumber, roles, callsInHand }: Looker): boolean =>
  mayDo(roles, 'personal.read') ||
  form.holder === staffNumber ||
  (form.work.state === 'claimed'
    ? form.work.by === staffNumber
    : form.status === 'draft' && form.openedBy === staffNumber) ||
  form.calls.some((contactId) => callsInHand.includes(contactId));

const maskOf: Readonly<Record<MaskedField, (value: string) => string>> = {
  callerName: maskName,
  contactNumber: maskPhone,
  account: maskAccount,
  idNumber: maskIdNumber,
};

/** Personal data wherever it stands; a place that has not all of it is no less personal. */
type PersonalData = { readonly [Name in MaskedField]?: string | undefined };

/** Masks those of the fields that are to be masked; empty ones tell nothing and stay. */
export const maskFields = <Fields extends PersonalData>(fields: Fields, masked: readonly MaskedField[]): Fields => {
  const changed = masked.flatMap((name) => {
    const value = fields[name];
    return value === undefined ? [] : [[name, maskOf[name](value)] as const];
  });
  return { ...fields, ...Object.fromEntries(changed) };
};

/** How it came in, with the sender's names and numbers masked as the fields of the form are. */
export const maskOrigin = (origin: Origin, masked: readonly MaskedField[]): Origin => {
  const name = masked.includes('callerName') ? maskName : plain;
  const number = masked.includes('contactNumber') ? maskContact : plain;
  switch (origin.via) {
    case 'desk':
      return origin;
    case 'callback':
    case 'voice-message':
      return { ...origin, number: number(origin.number), caller: number(origin.caller) };
    case 'fault-line':
      return { ...origin, lineNumber: number(origin.lineNumber), caller: number(origin.caller) };
    case 'e-mail':
      return { ...origin, from: number(origin.from), fromName: name(origin.fromName) };
    case 'web-message':
      return { ...origin, name: name(origin.name), contact: number(origin.contact) };
    case 'fax':
      return { ...origin, fromNumber: number(origin.fromNumber) };
    default:
      return origin satisfies never;
  }
};

const plain = (value: string): string => value;

/** The form with its personal data masked wherever it stands in a place of its own; free text is not looked through. */
export const maskForm = (form: Form, masked: readonly MaskedField[]): Form => {
  if (masked.length === 0) return form;
  const number = masked.includes('contactNumber') ? maskContact : plain;
  const name = masked.includes('callerName') ? maskName : plain;
  return {
    ...form,
    fields: maskFields(form.fields, masked),
    origin: maskOrigin(form.origin, masked),
    calls: form.calls.map((call) => ({ ...call, caller: number(call.caller) })),
    checkBacks: form.checkBacks.map((one) => ({ ...one, to: number(one.to) })),
    received: form.received.map((one) => ({ ...one, from: number(one.from), fromName: name(one.fromName) })),
    history: form.history.map((entry) =>
      entry.changes ? { ...entry, changes: entry.changes.map((change) => maskChange(change, masked)) } : entry,
    ),
    procedure: {
      ...form.procedure,
      supporters: form.procedure.supporters.map((one) => maskFields(one, masked)),
    },
  };
};

type Change = NonNullable<Form['history'][number]['changes']>[number];

const maskChange = (change: Change, masked: readonly MaskedField[]): Change => {
  const field = masked.find((one) => one === change.field);
  const hide = (value: string | null): string | null => (value === null || !field ? value : maskOf[field](value));
  return { ...change, from: hide(change.from), to: hide(change.to) };
};

/** Fields among these whose value is a masked one: it must never be kept as if it were the user's own. */
export const copiedMasked = (fields: PersonalData): readonly MaskedField[] =>
  maskedFields.filter((name) => isMasked(fields[name] ?? ''));
