import { z } from 'zod';
import { languages } from '../access/language.ts';
import { type ComplaintFields, channels } from './complaint.ts';

/** ms since the epoch. */
const instant = z.int().nonnegative();
const number = z.string().max(64);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a caller and the call they made by tell of themselves. */
const caller = {
  /** The caller's own number; empty where it is withheld. */
  caller: number,
  language: z.enum(languages),
  service: z.string().max(8),
  contactId: z.string().max(64),
};

/** One stretch of a voice message (A7), a WAV file in the attachment store under its SHA-256. */
export const segment = z.strictObject({ sha256, ms: z.int().nonnegative() });
export type Segment = z.infer<typeof segment>;

/** What can be wrong with an e-mail that is kept all the same; its original stands on the form. */
export const mailProblems = [
  'broken-mime',
  'unknown-charset',
  'too-large',
  'unpacks-too-large',
  'too-many-parts',
  'no-sender',
  'no-text',
] as const;

export const mailProblem = z.strictObject({ code: z.enum(mailProblems), detail: z.string().max(500) });
export type MailProblem = z.infer<typeof mailProblem>;

/**
 * How a form came to be (A1). Original bytes (the `.eml`, scans) are attachments of the form; the
 * segments of a voice message are named here alone, so that its length has no limit.
 */
export const origin = z.discriminatedUnion('via', [
  /** Opened by a person: in a talk, or from a letter, a fax on paper, a visit. */
  z.strictObject({ via: z.literal('desk'), channel: z.enum(channels) }),
  /** A6: `number` is the one to ring, only inside the window. */
  z.strictObject({
    via: z.literal('callback'),
    number,
    ...caller,
    askedAt: instant,
    window: z.strictObject({ from: instant, to: instant }),
  }),
  /** A7: `number` is the contact number the caller keyed. */
  z.strictObject({
    via: z.literal('voice-message'),
    number,
    ...caller,
    /** In the order they were spoken. */
    recording: z.array(segment).max(10_000).readonly(),
    ending: z.discriminatedUnion('complete', [
      z.strictObject({ complete: z.literal(true) }),
      z.strictObject({ complete: z.literal(false), reason: z.enum(['hung-up', 'disk-full', 'interrupted']) }),
    ]),
    leftAt: instant,
  }),
  z.strictObject({
    via: z.literal('e-mail'),
    from: z.string().max(320),
    fromName: z.string().max(200),
    to: z.string().max(320),
    subject: z.string().max(500),
    /** Without angle brackets (RFC 5322 section 3.6.4). */
    messageId: z.string().max(998),
    references: z.array(z.string().max(998)).max(100).readonly(),
    receivedAt: instant,
    /** The beginning of the text, for the list. */
    excerpt: z.string().max(500),
    problem: mailProblem.nullable(),
  }),
  z.strictObject({
    via: z.literal('web-message'),
    name: z.string().max(100),
    contact: z.string().max(320),
    language: z.enum(languages),
    receivedAt: instant,
  }),
  /** 112, booked without an agent (A2). */
  z.strictObject({ via: z.literal('fault-line'), lineNumber: number, ...caller, bookedAt: instant }),
  /** Its pages are an attachment (PDF, TIFF or JPEG). */
  z.strictObject({
    via: z.literal('fax'),
    fromNumber: number,
    receivedAt: instant,
    /** The name of the file it came as. */
    fileName: z.string().max(255),
    problem: z.strictObject({ code: z.enum(['unreadable', 'too-large']), detail: z.string().max(500) }).nullable(),
  }),
]);
export type Origin = z.infer<typeof origin>;
export type OriginVia = Origin['via'];
export const originVias = origin.options.map((option) => option.shape.via.value);

/** The A1 channel of what came in. A caller from the web page has the same origins: their opener knows better. */
export const channelOf = (from: Origin): ComplaintFields['channel'] => {
  switch (from.via) {
    case 'desk':
      return from.channel;
    case 'callback':
    case 'voice-message':
    case 'fault-line':
      return 'voice';
    case 'e-mail':
    case 'web-message':
    case 'fax':
      return from.via;
    default:
      return from satisfies never;
  }
};

/** Whether something about what came in is out of order, so that a person should look first. */
export const hasProblem = (from: Origin): boolean => {
  switch (from.via) {
    case 'e-mail':
    case 'fax':
      return from.problem !== null;
    case 'voice-message':
      return !from.ending.complete;
    case 'desk':
    case 'callback':
    case 'web-message':
    case 'fault-line':
      return false;
    default:
      return from satisfies never;
  }
};

/** The contact (call) a form came out of, where it came out of one. */
export const contactOf = (from: Origin): string | undefined => ('contactId' in from ? from.contactId : undefined);
