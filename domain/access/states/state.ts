import type { EventOf, Step, VoiceCall, VoiceCallEffect, VoiceCallEventType, VoiceCallPhase } from '../voice-call.ts';
import { holdMusic, promptIn, type VoicePrompt } from '../voice-prompts.ts';

/** What follows from an event: a move into a state, whose entry is then carried out, or none. */
export interface Move extends Step {
  readonly enters: boolean;
  /** Said before what the entered state says. */
  readonly saying: readonly string[];
}

export type Cell<Type extends VoiceCallEventType = VoiceCallEventType> = (
  call: VoiceCall,
  event: EventOf<Type>,
) => Move;

export interface State {
  /** What is said when the state is entered, after what the move says. */
  readonly says?: (call: VoiceCall) => readonly string[];
  /** Carried out at the entry, after what is said is asked for. */
  readonly does?: (call: VoiceCall) => readonly VoiceCallEffect[];
  /** Hold music follows the prompts, and stands in for them where there are none. */
  readonly music?: boolean;
  /** A missing cell: the event comes too late, or means nothing here. */
  readonly on: { readonly [Type in VoiceCallEventType]?: Cell<Type> };
}

export type States<Phase extends VoiceCallPhase> = { readonly [P in Phase]: State };

/** What a cell changes besides the phase. */
interface Change {
  readonly set?: Partial<Omit<VoiceCall, 'phase'>>;
  readonly saying?: readonly string[];
  /** Carried out before anything is said. */
  readonly effects?: readonly VoiceCallEffect[];
}

/** Into a state, also into the same one anew: its entry is carried out. */
export const go = (
  call: VoiceCall,
  phase: VoiceCallPhase,
  { set = {}, saying = [], effects = [] }: Change = {},
): Move => ({
  call: { ...call, failures: 0, ...set, phase },
  effects,
  enters: true,
  saying,
});

/** On in the same state, without its entry. */
export const stay = (call: VoiceCall, { set = {}, effects = [] }: Omit<Change, 'saying'> = {}): Move => ({
  call: { ...call, ...set },
  effects,
  enters: false,
  saying: [],
});

export const say = (call: VoiceCall, ...prompts: readonly VoicePrompt[]): readonly string[] =>
  prompts.map((prompt) => promptIn(call.language, prompt));

export const playMusic: VoiceCallEffect = { type: 'play', sounds: [holdMusic], repeat: 'for-ever' };

/** The caller hung up outside the queue. */
export const over: Cell = (call) => go(call, 'ended');

export const onwards =
  (phase: VoiceCallPhase): Cell =>
  (call) =>
    go(call, phase);
