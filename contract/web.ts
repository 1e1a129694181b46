import { z } from 'zod';

/** What the public page and the centre say to each other (A1, A4). Nobody signs in here. */

/** Why a request of the page was refused; every refusal answers `{error: {code, message, ...}}`. */
export const webErrorCodes = [
  /** Sent sooner than anybody can write; `waitMs` says when to send it again. */
  'too-soon',
  /** The ticket has ended or is none: get another one. */
  'ticket-ended',
  /** The field that nobody sees was filled in. */
  'looks-automatic',
  'fields',
  'file-kind',
  'file-too-large',
  'files-too-large',
  'too-many-files',
  'too-many-tries',
  'lines-busy',
  'too-large',
  'bad-request',
  'not-found',
  'answered-already',
  'unavailable',
] as const;
export type WebErrorCode = (typeof webErrorCodes)[number];

export const webError = z.object({
  error: z.object({
    code: z.enum(webErrorCodes),
    message: z.string(),
    /** Problem by field (domain/intake/web-message.ts). */
    fields: z.record(z.string(), z.string()).optional(),
    /** Name of the file that is refused. */
    file: z.string().optional(),
    waitMs: z.int().optional(),
  }),
});

export const ticketAnswer = z.object({
  ticket: z.string(),
  /** Time to let pass before a message is sent with it. */
  minFillMs: z.int(),
  /** The number that the page shows for telephones, and calls. */
  hotline: z.string(),
});

/** Fields of the multipart body beside the typed ones; files come under `file`. */
export const messageParts = z.object({
  /** Made by the page for one message: sent again with it, the same message opens nothing twice. */
  key: z.uuidv7(),
  language: z.enum(['zh', 'en']),
  kind: z.string(),
  name: z.string(),
  contactBy: z.string(),
  contact: z.string(),
  text: z.string(),
  /** Not shown to people; whoever fills it in is none. */
  website: z.string(),
});

export const messageAnswer = z.object({ number: z.string(), statusToken: z.string() });
export type MessageAnswer = z.infer<typeof messageAnswer>;

const statusToken = z.string().max(200);
export const statusRequest = z.strictObject({ token: statusToken });

/** How far it is, as the customer is told: `recorded` is a form that went on its way to a department. */
export const progresses = ['received', 'in-hand', 'recorded', 'closed'] as const;
export type Progress = (typeof progresses)[number];

export const statusAnswer = z.object({
  number: z.string(),
  /** ms since the epoch, server time. */
  openedAt: z.int(),
  progress: z.enum(progresses),
  /** What the hotline asks on this page, newest last. */
  questions: z.array(
    z.object({
      id: z.string(),
      askedAt: z.int(),
      text: z.string(),
      answer: z.object({ at: z.int(), text: z.string() }).nullable(),
    }),
  ),
});
export type StatusAnswer = z.infer<typeof statusAnswer>;

export const answerRequest = z.strictObject({ token: statusToken, question: z.uuid(), text: z.string().max(20_000) });
export const maxAnswerLength = 4_000;

/** One call from the browser: a SIP account that may call the hotline and nothing else. */
export const callPass = z.object({
  /** RFC 7118. */
  webSocketPath: z.string(),
  domain: z.string(),
  username: z.string(),
  password: z.string(),
  hotline: z.string(),
});
export type CallPass = z.infer<typeof callPass>;
