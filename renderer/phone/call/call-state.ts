import type { AnnouncementReport, CallOutcome, CallQuality, CallView } from '../../../contract/phone.ts';

export type CallPhase = CallView['phase'];

/** What happens to a call. Those of the table move its phase; the rest are facts about it. */
export type CallEvent =
  /** The agent answered, and the caller is told the staff number before the talk begins (A3). */
  | { readonly type: 'answered' }
  /** Both sides may talk at once: a call of ours was answered, or one needs no announcement. */
  | { readonly type: 'connected' }
  /** A colleague's caller was joined, and hears the staff number now (A3). */
  | { readonly type: 'handed-on' }
  | { readonly type: 'announced'; readonly report: AnnouncementReport }
  | { readonly type: 'held' }
  | { readonly type: 'resumed' }
  | { readonly type: 'ended'; readonly outcome: CallOutcome }
  | { readonly type: 'announcement-began' }
  | { readonly type: 'muted'; readonly muted: boolean }
  | { readonly type: 'measured'; readonly quality: CallQuality }
  | { readonly type: 'transfer'; readonly transfer: CallView['transfer'] };

type PhaseEvent = 'handed-on' | 'answered' | 'connected' | 'announced' | 'held' | 'resumed' | 'ended';

/**
 *   ringing ─ answered ─▶ announcing ─ announced ─▶ talking ◀─ resumed ─ held
 *      └───── connected ──────────────────────────▶ talking ── held ────▶ held
 *                          announcing ◀─ handed-on ─── talking
 *   dialling ─ connected ─────────────────────────▶ talking      every phase ─ ended ─▶ ended
 *
 * A missing cell means the event is ignored in that phase: it came late (a hold that the far end's BYE
 * overtook) or twice (both an ICE failure and a BYE end the call). Nothing leaves `ended`.
 */
const table: Record<CallPhase, Partial<Record<PhaseEvent, CallPhase>>> = {
  ringing: { answered: 'announcing', connected: 'talking', ended: 'ended' },
  dialling: { connected: 'talking', ended: 'ended' },
  announcing: { announced: 'talking', ended: 'ended' },
  talking: { 'handed-on': 'announcing', held: 'held', ended: 'ended' },
  held: { resumed: 'talking', ended: 'ended' },
  ended: {},
};

/** The call after an event; the same object where the event changes nothing. */
export const callAfter = (call: CallView, event: CallEvent, nowMs: number): CallView => {
  if (call.phase === 'ended') return call;
  switch (event.type) {
    case 'answered':
    case 'handed-on':
    case 'connected':
    case 'announced':
    case 'held':
    case 'resumed':
    case 'ended': {
      const phase = table[call.phase][event.type];
      return phase === undefined ? call : { ...call, ...changeOf(call, event, nowMs), phase, since: nowMs };
    }
    case 'announcement-began':
      return call.phase === 'announcing' ? { ...call, announcement: { outcome: 'playing' } } : call;
    case 'muted':
      return call.muted === event.muted || !isAnswered(call) ? call : { ...call, muted: event.muted };
    case 'measured':
      return isAnswered(call) ? { ...call, quality: event.quality } : call;
    case 'transfer':
      return isAnswered(call) ? { ...call, transfer: event.transfer } : call;
    default:
      return event satisfies never;
  }
};

/** Some party said yes to the call, and it goes on. */
export const isAnswered = (call: CallView): boolean =>
  call.phase === 'announcing' || call.phase === 'talking' || call.phase === 'held';

const changeOf = (
  call: CallView,
  event: Extract<CallEvent, { readonly type: PhaseEvent }>,
  nowMs: number,
): Partial<CallView> => {
  switch (event.type) {
    case 'answered':
    case 'connected':
      return { answeredAt: nowMs };
    case 'announced':
      return { announcement: event.report };
    case 'ended':
      return { outcome: event.outcome, announcement: settled(call.announcement) };
    case 'handed-on':
    case 'held':
    case 'resumed':
      return {};
    default:
      return event satisfies never;
  }
};

/** An announcement that the end of the call cut short was not heard to its end. */
const settled = (report: AnnouncementReport | null): AnnouncementReport | null =>
  report?.outcome === 'playing' ? { outcome: 'failed', reason: 'call-ended' } : report;
