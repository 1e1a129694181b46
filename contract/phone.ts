import { z } from 'zod';
import { callOrigins } from '../domain/access/call-origin.ts';
import { languages } from '../domain/access/language.ts';
import { services } from '../domain/access/services.ts';
import { callerPriorities } from '../domain/routing/priority.ts';

/**
 * A call as the desk shows it.
 *
 *   ringing ── answer ─▶ announcing ─▶ talking ◀─▶ held
 *   dialling ── answered ────────────▶ talking        every phase ─▶ ended
 */
export const callPhases = ['ringing', 'dialling', 'announcing', 'talking', 'held', 'ended'] as const;

/** Why a call is over: SIP status and direction, told in words by the screen. */
export const callOutcomes = [
  'hung-up',
  'caller-gone',
  'declined',
  'missed',
  'busy',
  'no-answer',
  'transferred',
  'failed',
  'line-lost',
] as const;

export const callQuality = z.strictObject({
  /** ITU-T G.107 E-model, 1.0–4.5. */
  mos: z.number(),
  lossPercent: z.number(),
  jitterMs: z.number(),
  roundTripMs: z.number(),
});

export const announcementReport = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('playing') }),
  /** Times in ms since the epoch by the desk's clock. */
  z.strictObject({ outcome: z.literal('played'), startedAt: z.int(), endedAt: z.int() }),
  z.strictObject({ outcome: z.literal('failed'), reason: z.string() }),
]);

export const callView = z.strictObject({
  id: z.string(),
  contactId: z.string().nullable(),
  direction: z.enum(['in', 'out']),
  remote: z.string(),
  service: z.enum(services).nullable(),
  language: z.enum(languages),
  waitedSeconds: z.int().nullable(),
  /** Null where no caller is in it: one seat calls another. */
  origin: z.enum(callOrigins).nullable(),
  priority: z.enum(callerPriorities),
  /** Form of a callback owed to the caller, as the floor knew when it rang. */
  callback: z.uuid().nullable(),
  /** The form that came with the call from a colleague (J1, J3, J4, S1). */
  form: z.uuidv7().nullable(),
  /** The colleague who speaks first, before the caller is joined. */
  giver: z.string().nullable(),
  phase: z.enum(callPhases),
  /** Desk time in ms at which this phase began. */
  since: z.int(),
  answeredAt: z.int().nullable(),
  muted: z.boolean(),
  announcement: announcementReport.nullable(),
  quality: callQuality.nullable(),
  /** Set while a transfer is under way or has failed. */
  transfer: z.enum(['under-way', 'failed']).nullable(),
  outcome: z.enum(callOutcomes).nullable(),
});
export type CallView = z.infer<typeof callView>;
export type CallOutcome = (typeof callOutcomes)[number];
export type AnnouncementReport = z.infer<typeof announcementReport>;
export type CallQuality = z.infer<typeof callQuality>;

export const registration = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('off') }),
  z.strictObject({ state: z.literal('connecting') }),
  z.strictObject({ state: z.literal('registered') }),
  z.strictObject({ state: z.literal('retrying'), attempt: z.int(), nextTryAt: z.int() }),
  z.strictObject({ state: z.literal('refused'), status: z.int() }),
]);
export type Registration = z.infer<typeof registration>;

/** What the phone window tells the desk window, whole, at each change. */
export const phoneSnapshot = z.strictObject({
  registration,
  calls: z.array(callView),
  /** Why no call could be taken now although registered. */
  fault: z.enum(['no-microphone', 'microphone-denied']).nullable(),
});
export type PhoneSnapshot = z.infer<typeof phoneSnapshot>;

const onCall = { call: z.string() };
/** A telephone number or staff number as typed; the phone makes a SIP URI of it. */
export const dialTarget = z.string().regex(/^[+0-9A-Za-z*#]{1,32}$/);

/** What the agent asks of the phone. */
export const phoneCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), ...onCall }),
  z.strictObject({ type: z.literal('decline'), ...onCall }),
  z.strictObject({ type: z.literal('hold'), ...onCall }),
  z.strictObject({ type: z.literal('resume'), ...onCall }),
  z.strictObject({ type: z.literal('mute'), ...onCall }),
  z.strictObject({ type: z.literal('unmute'), ...onCall }),
  z.strictObject({ type: z.literal('dtmf'), ...onCall, digit: z.string().regex(/^[0-9A-D*#]$/) }),
  z.strictObject({ type: z.literal('transfer-blind'), ...onCall, target: dialTarget }),
  /** Connects the held call with the one consulted (RFC 3891, 5589). */
  z.strictObject({ type: z.literal('transfer-attended'), ...onCall, consultation: z.string() }),
  /** `callback` is the form of a callback (A9); its claim is checked before anybody is rung. */
  z.strictObject({ type: z.literal('dial'), target: dialTarget, callback: z.uuid().exactOptional() }),
  z.strictObject({ type: z.literal('hang-up'), ...onCall }),
  /** The caller of a call from a colleague has been joined, and hears the staff number first (A3). */
  z.strictObject({ type: z.literal('announce'), ...onCall }),
  z.strictObject({ type: z.literal('test-ring') }),
]);
export type PhoneCommand = z.infer<typeof phoneCommand>;
