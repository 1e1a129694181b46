import type { CallbackPhase } from '../voice-call.ts';
import { menuState } from './menu-state.ts';
import { go, onwards, type States, say } from './state.ts';
import { agentSaying } from './to-agent.ts';
import { waiting } from './waiting.ts';

/**
 * A callback is promised when it stands in the records, and no earlier; a caller who hangs up meanwhile
 * had confirmed the number, so that it is kept all the same. Whoever is let down goes back to the queue,
 * to the place held before.
 */
export const callbackStates: States<CallbackPhase> = {
  'callback-keeping': {
    says: (call) => say(call, 'one-moment'),
    does: ({ number }) => [{ type: 'keep-callback', number }],
    on: {
      ...waiting,
      kept: (call) => go(call, 'anything-else', { set: { queue: 'never' }, saying: say(call, 'callback-kept') }),
      'not-kept': agentSaying('callback-not-kept'),
    },
  },
  'anything-else': menuState({
    says: (call) => say(call, 'anything-else'),
    keys: { '1': onwards('service'), '2': onwards('farewell') },
    givenUp: onwards('farewell'),
    silences: 2,
  }),
};
