import type { CallOutcome, CallView } from '../../../contract/phone.ts';

/** How a call came to its end, as SIP told it. */
export type CallEnding =
  /** The agent: CANCEL, BYE or a refusal. */
  | { readonly by: 'us' }
  /** The far end: BYE, or CANCEL with what its Reason header says. */
  | { readonly by: 'them'; readonly noAnswer: boolean }
  /** A final response to our INVITE. */
  | { readonly by: 'response'; readonly status: number }
  /** Nobody answered in the time the INVITE allowed. */
  | { readonly by: 'timeout' }
  /** The other parties go on without us (RFC 5589). */
  | { readonly by: 'transfer' }
  /** Signalling or media are gone for good. */
  | { readonly by: 'line' }
  /** Something here did not work: no SDP agreed, no ACK. */
  | { readonly by: 'fault' };

/** RFC 3261 section 21; what is not listed is `failed`. */
const outcomeOfStatus: ReadonlyMap<number, CallOutcome> = new Map([
  [408, 'no-answer'],
  [480, 'no-answer'],
  [487, 'no-answer'],
  [486, 'busy'],
  [600, 'busy'],
  [603, 'declined'],
  // Also what sip.js makes of a request that could not be sent (RFC 3261 section 8.1.3.1).
  [503, 'line-lost'],
]);

/** Why the call is over, from the phase it was in and the way it ended. */
export const outcomeOf = (phase: CallView['phase'], ending: CallEnding): CallOutcome => {
  switch (ending.by) {
    case 'us':
      return phase === 'ringing' ? 'declined' : 'hung-up';
    case 'them':
      return phase === 'ringing' && ending.noAnswer ? 'missed' : 'caller-gone';
    case 'response':
      return outcomeOfStatus.get(ending.status) ?? 'failed';
    case 'timeout':
      return phase === 'ringing' ? 'missed' : 'no-answer';
    case 'transfer':
      return 'transferred';
    case 'line':
      return 'line-lost';
    case 'fault':
      return 'failed';
    default:
      return ending satisfies never;
  }
};

/** SIP 408 and 480; Q.850 no user responding and no answer. */
const noAnswerCauses: ReadonlySet<string> = new Set(['sip 408', 'sip 480', 'q.850 18', 'q.850 19']);

/**
 * Whether a Reason header (RFC 3326) tells that a call is taken back because nobody answered in time, and
 * not because the caller gave up: `SIP;cause=480;text="No answer", Q.850;cause=19`.
 */
export const saysNoAnswer = (reason: string | undefined): boolean =>
  (reason ?? '').split(',').some((entry) => {
    const [protocol = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const cause = parameters
      .map((parameter) => /^cause\s*=\s*(\d+)$/.exec(parameter)?.[1])
      .find((value) => value !== undefined);
    return noAnswerCauses.has(`${protocol} ${cause}`);
  });
