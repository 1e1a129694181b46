import type { VoiceCall } from '../voice-call.ts';
import type { VoicePrompt } from '../voice-prompts.ts';
import { type Cell, go, type Move, say } from './state.ts';

/**
 * Into the queue for an agent, at the place the caller had before where there was one (A5). Whose calls
 * are recorded is told so first.
 */
export const toAgent = (
  call: VoiceCall,
  {
    service = call.service,
    saying = [],
  }: { readonly service?: VoiceCall['service']; readonly saying?: readonly VoicePrompt[] } = {},
): Move => {
  const notice: readonly VoicePrompt[] = call.rules.recordedServices.includes(service) ? ['recording-notice'] : [];
  return go(call, 'queued', {
    set: { service, queue: 'waiting', offered: false, placeTold: false },
    saying: say(call, ...saying, ...notice, 'queue-joined'),
    effects: [{ type: 'join-queue', place: call.queue === 'left' ? 'kept' : 'last' }],
  });
};

export const agent: Cell = (call) => toAgent(call);

/** An agent has to help where the machine could not, and the caller hears why. */
export const agentSaying =
  (...saying: readonly VoicePrompt[]): Cell =>
  (call) =>
    toAgent(call, { saying });
