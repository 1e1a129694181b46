import type { WebContents } from 'electron';
import { type EventName, type EventPayload, events } from '../../contract/ipc.ts';
import type { WindowName } from './sender.ts';

/** Tells every window that the contract names for this event; one that is not there misses it. */
export type Broadcast = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

export const createBroadcast =
  (options: {
    readonly contentsOf: (window: WindowName) => WebContents | undefined;
    readonly checkPayload: boolean;
  }): Broadcast =>
  (name, payload) => {
    if (options.checkPayload) events[name].payload.parse(payload);
    for (const window of events[name].to) {
      const contents = options.contentsOf(window);
      if (contents && !contents.isDestroyed()) contents.send(`event:${name}`, payload);
    }
  };
