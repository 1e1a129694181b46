import type { Flow } from './flow.ts';
import type { Clock } from './parts.ts';
import { createThrottle } from './throttle.ts';

/**
 * Decides from a glance at a message, before it is parsed, whether its source has used up its share.
 * Registrations, new calls and everything else have shares of their own, so that a flood of one
 * leaves room for the others, and messages of a call that is up have one for their call.
 */
export interface Gate {
  readonly admits: (bytes: Buffer, flow: Flow, isCall: (callId: string) => boolean) => boolean;
  /** Messages turned away so far. */
  readonly turnedAway: () => number;
}

const glanceBytes = 2_048;

export const createGate = (clock: Clock): Gate => {
  const shares = {
    // A whole call centre signs on again after a cut, perhaps behind one address.
    register: createThrottle({ clock, burst: 1_000, perSecond: 100 }),
    invite: createThrottle({ clock, burst: 200, perSecond: 50 }),
    other: createThrottle({ clock, burst: 200, perSecond: 100 }),
    call: createThrottle({ clock, burst: 200, perSecond: 50 }),
  };
  let turnedAway = 0;
  return {
    admits: (bytes, flow, isCall) => {
      const glance = bytes.toString('latin1', 0, glanceBytes);
      const callId = /\r\n(?:call-id|i)[ \t]*:[ \t]*(\S{1,256})/i.exec(glance)?.[1];
      const admitted =
        callId !== undefined && isCall(callId)
          ? shares.call.allows(`${flow.remoteAddress} ${callId}`)
          : shares[shareOf(glance)].allows(flow.remoteAddress);
      if (!admitted) turnedAway += 1;
      return admitted;
    },
    turnedAway: () => turnedAway,
  };
};

const shareOf = (glance: string): 'register' | 'invite' | 'other' => {
  if (glance.startsWith('REGISTER ')) return 'register';
  return glance.startsWith('INVITE ') ? 'invite' : 'other';
};
