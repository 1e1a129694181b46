import { z } from 'zod';

/** A1: the seven channels a contact may come by. */
export const channels = ['voice', 'web-voice', 'e-mail', 'letter', 'fax', 'web-message', 'visit'] as const;

/** S3: the types that deadlines are set by. */
export const complaintTypes = ['product-quality', 'staff-conduct', 'billing-tariff', 'other'] as const;

/** What an agent writes on a form of any kind. Empty string: not yet known. Lengths in UTF-16 units. */
export const complaintFields = z.strictObject({
  callerName: z.string().max(100),
  contactNumber: z.string().max(40),
  account: z.string().max(40),
  /** Of the identity card, where the matter needs it. */
  idNumber: z.string().max(30),
  complaintType: z.enum(complaintTypes).nullable(),
  text: z.string().max(20_000),
  /** Local date and time as the caller says it, `2026-11-24T09:30`. */
  happenedAt: z.string().regex(/^(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?)?$/),
  happenedWhere: z.string().max(300),
  channel: z.enum(channels),
  /** A1: the telecom office that forwarded a letter or a fax; empty where none did. */
  forwardedBy: z.string().max(200),
});
export type ComplaintFields = z.infer<typeof complaintFields>;
export type ComplaintField = keyof ComplaintFields;

export const complaintFieldNames = Object.keys(complaintFields.shape) as readonly ComplaintField[];

export const emptyComplaint: ComplaintFields = {
  callerName: '',
  contactNumber: '',
  account: '',
  idNumber: '',
  complaintType: null,
  text: '',
  happenedAt: '',
  happenedWhere: '',
  channel: 'voice',
  forwardedBy: '',
};

/** Content-addressed: `sha256` names the bytes, which travel apart from the form. */
export const attachment = z.strictObject({
  id: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(255),
  mediaType: z.string().max(100),
  /** Bytes. */
  size: z
    .int()
    .min(0)
    .max(20 * 1024 * 1024),
});
export type Attachment = z.infer<typeof attachment>;

/** The call a form was written in; `announcement` proves that the staff number was heard (A3). */
export const callOnForm = z.strictObject({
  contactId: z.string().max(64),
  caller: z.string().max(64),
  service: z.string().max(8),
  language: z.enum(['zh', 'en']),
  answeredAt: z.int(),
  announcement: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('played'), startedAt: z.int(), endedAt: z.int() }),
    z.strictObject({ outcome: z.literal('failed'), reason: z.string().max(200) }),
  ]),
});
export type CallOnForm = z.infer<typeof callOnForm>;
