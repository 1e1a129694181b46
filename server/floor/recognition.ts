import type { CallerPriority } from '../../domain/routing/priority.ts';
import type { ChannelId } from '../telephony/port.ts';
import type { Log } from './parts.ts';

/** What the records say of a caller before anybody has spoken to them. */
export interface KnownCaller {
  readonly priority: CallerPriority;
  /** Staff number of the agent who knows this caller from a form; undefined where there is none. */
  readonly familiar: string | undefined;
  /** Form of the callback owed to this number, the one asked for last (A6); undefined where none is. */
  readonly callback: string | undefined;
}

/** Looks callers up while they are in the menu: the queue does not wait for the records. */
export interface Recognition {
  readonly arrived: (channel: ChannelId, number: string) => void;
  /** A stranger until the records have answered; `onRecognised` tells where they do later. */
  readonly of: (channel: ChannelId) => KnownCaller;
  readonly gone: (channel: ChannelId) => void;
}

export const stranger: KnownCaller = { priority: 'normal', familiar: undefined, callback: undefined };

export const createRecognition = (parts: {
  readonly find: (number: string) => Promise<KnownCaller>;
  readonly log: Log;
  readonly onRecognised: (channel: ChannelId, caller: KnownCaller) => void;
}): Recognition => {
  const callers = new Map<ChannelId, KnownCaller>();
  return {
    arrived: (channel, number) => {
      callers.set(channel, stranger);
      parts.find(number).then(
        (caller) => {
          if (!callers.has(channel)) return;
          callers.set(channel, caller);
          parts.onRecognised(channel, caller);
        },
        (error: unknown) => parts.log.error({ err: error }, 'a caller could not be looked up in the records'),
      );
    },
    of: (channel) => callers.get(channel) ?? stranger,
    gone: (channel) => void callers.delete(channel),
  };
};
