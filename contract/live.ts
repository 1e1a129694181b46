import { z } from 'zod';
import { callbackRules } from '../domain/forms/callback.ts';
import { procedureRules } from '../domain/forms/procedure/procedure-rules.ts';
import { seatEvents, seatNotices, seatPhases } from '../domain/people/seat-state.ts';
import { cacheRules } from '../domain/sync/cache-rules.ts';
import { scope } from './sync.ts';
import { transferAsked, transferStep, transferView } from './transfer.ts';

/**
 * The WebSocket between a desk and the floor, at `livePath`; text frames are these messages, binary
 * ones changes of forms (changes-frame.ts). The first message a desk sends is
 * `hello`; a server that does not get it within 5 s, or does not accept it, closes with 4401. One whose
 * person may see other forms than at its hello is closed with 4402: it says hello again.
 */
export const fromDesk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), accessToken: z.string() }),
  /** Only those an agent causes: `make-ready`, `pause`, `wrap-up-over`, `sign-out`. */
  z.strictObject({ type: z.literal('seat.event'), event: z.enum(seatEvents) }),
  z.strictObject({ type: z.literal('transfer.ask'), transfer: transferAsked }),
  z.strictObject({ type: z.literal('transfer.step'), transfer: transferStep }),
  /** The talk is over for the agent, and the caller keys how satisfied they are (Q1). */
  z.strictObject({ type: z.literal('rating.ask'), contactId: z.string().max(64) }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type FromDesk = z.infer<typeof fromDesk>;

export const seatView = z.strictObject({
  staffNumber: z.string(),
  phase: z.enum(seatPhases),
  /** Server time in ms since when. */
  since: z.int(),
  /** Server time in ms at which wrap-up ends by itself; null in other phases. */
  wrapUpEndsAt: z.int().nullable(),
  notice: z.enum(seatNotices).nullable(),
});
export type SeatView = z.infer<typeof seatView>;

export const fromServer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('welcome'),
    serverTime: z.int(),
    seat: seatView,
    waiting: z.int(),
    /** A9: the centre's own; the desk keeps them for when it is offline. */
    callbackRules,
    /** Kept likewise. */
    procedureRules,
    /** Likewise. */
    cacheRules,
    /** What comes after this position in the change log is sent; a desk that stands before it pulls. */
    cursor: z.int().nonnegative(),
    scope,
  }),
  z.strictObject({ type: z.literal('seat.changed'), seat: seatView }),
  /** Callers now in the queue. */
  z.strictObject({ type: z.literal('queue.changed'), waiting: z.int() }),
  /** The change log has grown to this cursor and what was changed is not sent along: pull. What comes after it is sent. */
  z.strictObject({ type: z.literal('forms.changed'), cursor: z.int() }),
  /** What agents read of the knowledge base has changed up to this cursor: pull. */
  z.strictObject({ type: z.literal('knowledge.changed'), cursor: z.int() }),
  /** To the seats that a transfer is about: whole, at each change. */
  z.strictObject({ type: z.literal('transfer.changed'), transfer: transferView }),
  z.strictObject({ type: z.literal('pong'), serverTime: z.int() }),
]);
export type FromServer = z.infer<typeof fromServer>;
