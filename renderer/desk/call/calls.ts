import type { CallQuality, CallView, PhoneCommand } from '../../../contract/phone.ts';

const phasesInTalk: readonly CallView['phase'][] = ['announcing', 'talking', 'dialling'];

export const liveCalls = (calls: readonly CallView[]): readonly CallView[] =>
  calls.filter((call) => call.phase !== 'ended');

/** The call the agent is in, else the one on hold, else the one that rings. */
export const mainCall = (calls: readonly CallView[]): CallView | null => {
  const live = liveCalls(calls);
  return (
    live.find((call) => phasesInTalk.includes(call.phase)) ??
    live.find((call) => call.phase === 'held') ??
    live[0] ??
    null
  );
};

export const ringingCall = (calls: readonly CallView[]): CallView | null =>
  calls.find((call) => call.phase === 'ringing') ?? null;

export interface Consultation {
  readonly held: CallView;
  readonly consulted: CallView;
}

/** An attended transfer under way: a call on hold while the agent dialled someone else. */
export const consultationOf = (calls: readonly CallView[]): Consultation | null => {
  const consulted = calls.find(
    (call) => call.direction === 'out' && (call.phase === 'dialling' || call.phase === 'talking'),
  );
  const held = calls.find((call) => call.phase === 'held' && call.id !== consulted?.id);
  return held && consulted ? { held, consulted } : null;
};

export type CallAction = 'answer' | 'hang-up' | 'hold' | 'mute';

/** The command that a hot key stands for with these calls, or null where it means nothing. */
export const commandFor = (action: CallAction, calls: readonly CallView[]): PhoneCommand | null => {
  const ringing = ringingCall(calls);
  const main = mainCall(calls);
  switch (action) {
    case 'answer':
      return ringing ? { type: 'answer', call: ringing.id } : null;
    case 'hang-up':
      if (!main) return null;
      return { type: main.phase === 'ringing' ? 'decline' : 'hang-up', call: main.id };
    case 'hold':
      if (main?.phase === 'talking') return { type: 'hold', call: main.id };
      return main?.phase === 'held' ? { type: 'resume', call: main.id } : null;
    case 'mute':
      if (main?.phase !== 'talking' && main?.phase !== 'held') return null;
      return { type: main.muted ? 'unmute' : 'mute', call: main.id };
    default:
      return action satisfies never;
  }
};

/** ITU-T G.107 annex B in three words: "satisfied" and up is good, "many dissatisfied" and down is poor. */
export const qualityWord = (quality: CallQuality): 'good' | 'fair' | 'poor' => {
  if (quality.mos >= 4) return 'good';
  return quality.mos >= 3.6 ? 'fair' : 'poor';
};
