import type {
  DeskBridge,
  EventName,
  EventPayload,
  RequestInput,
  RequestName,
  RequestOutput,
} from '../../../contract/ipc.ts';

type Answers = { readonly [Name in RequestName]?: (input: RequestInput<Name>) => RequestOutput<Name> };

/** Asked at every start; most tests are about something else. */
const usual: Answers = { 'transfer.read': () => null };

/** A bridge for tests: answers as told, keeps what was asked, and says main's events on demand. */
export const fakeBridge = (answers: Answers) => {
  const asked: { readonly name: RequestName; readonly input: unknown }[] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  const bridge: DeskBridge = {
    request: async (name, input) => {
      asked.push({ name, input });
      const answer = answers[name] ?? usual[name];
      if (!answer) throw new Error(`the test gives no answer to ${name}`);
      return answer(input);
    },
    on: (name, listener) => {
      const those = listeners.get(name) ?? new Set();
      listeners.set(name, those.add(listener));
      return () => those.delete(listener);
    },
  };
  const tell = <Name extends EventName>(name: Name, payload: EventPayload<Name>): void => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  };
  return { bridge, asked, tell, listening: () => [...listeners.values()].reduce((sum, those) => sum + those.size, 0) };
};
