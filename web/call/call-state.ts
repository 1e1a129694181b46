import type { WebErrorCode } from '../../contract/web.ts';

/**
 * A call from the browser as the page shows it.
 *
 *   idle ── start ──▶ asking ──▶ connecting ──▶ ringing ──▶ talking ◀─▶ reconnecting
 *     ▲                 └────────────┴─────────────┴───────────┴─────────────┴──▶ ended ── start ──▶ asking
 */
export type CallState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'ringing' }
  /** `since`: ms since the epoch. */
  | { readonly phase: 'talking'; readonly since: number }
  /** Sound goes on while the signalling is being restored. */
  | { readonly phase: 'reconnecting'; readonly since: number }
  | { readonly phase: 'ended'; readonly why: CallEnd };

export type CallEnd =
  | 'hung-up'
  | 'hotline-hung-up'
  | 'busy'
  | 'lines-busy'
  | 'refused'
  | 'unavailable'
  | 'no-connection'
  | 'line-lost'
  | 'too-many-tries'
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'not-supported';

/** What a refused INVITE means to the caller. */
export const endOfStatus = (sipStatus: number): CallEnd => {
  if (sipStatus === 486) return 'busy';
  if (sipStatus === 503) return 'lines-busy';
  if (sipStatus === 401 || sipStatus === 403) return 'refused';
  return 'unavailable';
};

/** Why the browser gave no microphone (Media Capture and Streams, section 10.2). */
export const endOfMicrophone = (errorName: string): CallEnd => {
  switch (errorName) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'microphone-denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'microphone-missing';
    default:
      return 'microphone-busy';
  }
};

/** Why there was no pass for a call. */
export const endOfRefusal = (code: WebErrorCode | 'offline'): CallEnd => {
  switch (code) {
    case 'offline':
      return 'no-connection';
    case 'too-many-tries':
    case 'lines-busy':
      return code;
    default:
      return 'unavailable';
  }
};

export const isGoing = ({ phase }: CallState): boolean => phase !== 'idle' && phase !== 'ended';
export const isUp = ({ phase }: CallState): boolean => phase === 'talking' || phase === 'reconnecting';
