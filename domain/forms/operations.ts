import { z } from 'zod';
import { staffNumberPattern } from '../people/roles.ts';
import { tryOutcomes } from './callback.ts';
import { checkBackAsked, checkBackSending } from './check-back.ts';
import { attachment, callOnForm, complaintFields } from './complaint.ts';
import { formKinds } from './form-kind.ts';
import { origin } from './origin.ts';
import { procedurePayloads } from './procedure/procedure-payloads.ts';
import { receivedMail } from './received.ts';

/** Bumped when the shape of an operation changes; a test holds the schema to it. */
export const operationsVersion = 3;

/** What every operation carries besides its kind (design.md, "Sync"). */
const envelope = {
  id: z.uuidv7(),
  /** The desk that made it; with `seq` it names the operation once and for all. */
  device: z.uuid(),
  seq: z.int().positive(),
  form: z.uuidv7(),
  /** The desk's idea of server time, ms since the epoch. */
  madeAt: z.int().nonnegative(),
  by: z.string().regex(staffNumberPattern),
};

const changedFields = complaintFields.partial();

const noPayload = z.strictObject({});
const transcript = z.string().max(100_000);

const payloads = {
  'form.open': z.strictObject({
    number: z.string().min(1).max(32),
    kind: z.enum(formKinds),
    origin,
    fields: complaintFields,
    /** What came in with it, in one go with its opening. */
    attachments: z.array(attachment).max(50).readonly(),
  }),
  /** `from` is what the agent saw, so that the same field changed meanwhile by another is noticed. */
  'form.edit': z.strictObject({ from: changedFields, to: changedFields }),
  'form.note': z.strictObject({ text: z.string().trim().min(1).max(4_000) }),
  'form.attach': attachment,
  'form.detach': z.strictObject({ attachmentId: z.uuid() }),
  'form.link-call': callOnForm,
  'form.submit': noPayload,
  'form.claim': noPayload,
  /** Back into its inbox. */
  'form.release': noPayload,
  /** Not to be worked on: spam, a doublet, nothing said. */
  'form.set-aside': z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  /** What is said in the voice message (A9); `from` as in an edit. */
  'form.transcribe': z.strictObject({ from: transcript, to: transcript }),
  'form.try-callback': z.strictObject({
    outcome: z.enum(tryOutcomes),
    startedAt: z.int().nonnegative(),
    contactId: z.string().max(64).nullable(),
  }),
  'form.check-back': checkBackAsked,
  'form.check-back-answered': z.strictObject({ id: z.uuid(), text: z.string().trim().min(1).max(4_000) }),
  'form.check-back-sent': checkBackSending.extend({ id: z.uuid() }),
  /** `checkBack` names the attempt it answers, where that is known. */
  'form.receive': z.strictObject({
    mail: receivedMail,
    attachments: z.array(attachment).max(50).readonly(),
    checkBack: z.uuid().nullable(),
  }),
  ...procedurePayloads,
};
export type OperationKind = keyof typeof payloads;

const operationOf = <Kind extends OperationKind>(kind: Kind) =>
  z.strictObject({ ...envelope, kind: z.literal(kind), payload: payloads[kind] });

const actionOf = <Kind extends OperationKind>(kind: Kind) =>
  z.strictObject({ form: envelope.form, kind: z.literal(kind), payload: payloads[kind] });

/** One kind for each thing that is done with a form. */
export const operation = z.discriminatedUnion('kind', [
  operationOf('form.open'),
  operationOf('form.edit'),
  operationOf('form.note'),
  operationOf('form.attach'),
  operationOf('form.detach'),
  operationOf('form.link-call'),
  operationOf('form.submit'),
  operationOf('form.claim'),
  operationOf('form.release'),
  operationOf('form.set-aside'),
  operationOf('form.transcribe'),
  operationOf('form.try-callback'),
  operationOf('form.check-back'),
  operationOf('form.check-back-answered'),
  operationOf('form.check-back-sent'),
  operationOf('form.receive'),
  operationOf('form.answer'),
  operationOf('form.decline'),
  operationOf('form.hand-over'),
  operationOf('form.order'),
  operationOf('form.audit-order'),
  operationOf('form.answer-order'),
  operationOf('form.question-order'),
  operationOf('form.reply-question'),
  operationOf('form.refuse-order'),
  operationOf('form.hand-on-order'),
  operationOf('form.check-reply'),
  operationOf('form.pause'),
  operationOf('form.resume'),
  operationOf('form.warn'),
  operationOf('form.escalate'),
  operationOf('form.decide'),
  operationOf('form.repeat'),
  operationOf('form.supplement'),
  operationOf('form.settle-supplement'),
  operationOf('form.call-back'),
  operationOf('form.assess'),
  operationOf('form.answer-assessment'),
  operationOf('form.count'),
  operationOf('form.merge'),
  operationOf('form.split'),
  operationOf('form.settle-suggestion'),
  operationOf('form.link'),
  operationOf('form.use-article'),
  operationOf('form.unmask'),
  operationOf('form.take'),
  operationOf('form.put-back'),
]);
export type Operation = z.infer<typeof operation>;

export const operationKinds = operation.options.map((option) => option.shape.kind.value);

/** What a screen asks for; the desk's main process adds id, device, seq, time and author. */
export const formAction = z.discriminatedUnion('kind', [
  actionOf('form.edit'),
  actionOf('form.note'),
  actionOf('form.attach'),
  actionOf('form.detach'),
  actionOf('form.link-call'),
  actionOf('form.submit'),
  actionOf('form.claim'),
  actionOf('form.release'),
  actionOf('form.set-aside'),
  actionOf('form.transcribe'),
  actionOf('form.try-callback'),
  actionOf('form.check-back'),
  actionOf('form.check-back-answered'),
  actionOf('form.answer'),
  actionOf('form.decline'),
  actionOf('form.hand-over'),
  actionOf('form.order'),
  actionOf('form.audit-order'),
  actionOf('form.answer-order'),
  actionOf('form.question-order'),
  actionOf('form.reply-question'),
  actionOf('form.refuse-order'),
  actionOf('form.hand-on-order'),
  actionOf('form.check-reply'),
  actionOf('form.pause'),
  actionOf('form.resume'),
  actionOf('form.decide'),
  actionOf('form.repeat'),
  actionOf('form.supplement'),
  actionOf('form.settle-supplement'),
  actionOf('form.call-back'),
  actionOf('form.assess'),
  actionOf('form.answer-assessment'),
  actionOf('form.count'),
  actionOf('form.merge'),
  actionOf('form.split'),
  actionOf('form.settle-suggestion'),
  actionOf('form.link'),
  actionOf('form.use-article'),
  actionOf('form.unmask'),
  actionOf('form.take'),
  actionOf('form.put-back'),
]);
export type FormAction = z.infer<typeof formAction>;

/** All that somebody at a desk may have done, as a person reads it. */
export const writtenAction = z.discriminatedUnion('kind', [actionOf('form.open'), ...formAction.options]);
export type WrittenAction = z.infer<typeof writtenAction>;

/** What is done to a form that is there already, by whomever. */
export type ChangeOperation = Exclude<Operation, { kind: 'form.open' }>;
