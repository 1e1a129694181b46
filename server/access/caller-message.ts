import type { EventOf, MessageEnding } from '../../domain/access/voice-call.ts';
import type { Contact } from '../floor/contact.ts';
import type { Log, Timers } from '../floor/parts.ts';
import type { ChannelId, RecordingId, TelephonyEvent, TelephonyPort } from '../telephony/port.ts';
import type { MessageSpool, SpooledMessage } from './message-spool.ts';

type RecordingEnded = Extract<TelephonyEvent, { type: 'recording.ended' }>;

/** The message that one caller leaves (A7). */
export interface CallerMessage {
  readonly record: (number: string) => void;
  readonly recordingEnded: (event: RecordingEnded) => void;
  /** Resolves with the files of what was said, when they are complete. */
  readonly stop: () => Promise<readonly string[]>;
  /** Whether the records have it, or nothing was said. */
  readonly keep: (ending: MessageEnding) => Promise<boolean>;
  readonly discard: () => void;
}

export interface CallerMessageParts {
  readonly port: Pick<TelephonyPort, 'record' | 'stopRecording'>;
  readonly timers: Timers;
  readonly log: Log;
  readonly spool: MessageSpool;
  readonly freeMiB: () => Promise<number>;
  readonly leastFreeMiB: number;
  readonly segmentMs: number;
}

const diskEveryMs = 1_000;
const nothing = (): void => undefined;

export const createCallerMessage = (
  parts: CallerMessageParts,
  channel: ChannelId,
  contact: () => Contact,
  onSegmentOver: (event: EventOf<'segment-over'>) => void,
): CallerMessage => {
  const { port, timers, log, spool } = parts;
  let message: SpooledMessage | undefined;
  let running: { readonly recording: RecordingId; why: 'stopped' | 'disk-full' } | undefined;
  let ended: Promise<void> = Promise.resolve();
  let heardMs = 0;
  /** Said no more once the caller, or the disk, wants the recording to stop before it has begun. */
  let wanted = false;
  let cutByDisk = false;
  let stopWatching = nothing;

  const over = (why: EventOf<'segment-over'>['why']): void => {
    wanted = false;
    if (why === 'disk-full') cutByDisk = true;
    onSegmentOver({ type: 'segment-over', why, heard: heardMs > 0 });
  };

  const watchDisk = (): void => {
    stopWatching = timers.after(diskEveryMs, () => {
      const watched = running;
      parts.freeMiB().then(
        (free) => {
          if (!watched || running !== watched) return;
          if (free >= parts.leastFreeMiB) {
            watchDisk();
            return;
          }
          watched.why = 'disk-full';
          ended = port.stopRecording(watched.recording);
        },
        (error: unknown) => log.error({ err: error }, 'the free disk space could not be told'),
      );
    });
  };

  const begin = async (number: string): Promise<void> => {
    const free = await parts.freeMiB();
    if (!wanted) return;
    if (free < parts.leastFreeMiB) {
      over('disk-full');
      return;
    }
    message ??= spool.begin(contact(), number);
    running = { recording: port.record(channel, message.nextFile(), parts.segmentMs), why: 'stopped' };
    watchDisk();
  };

  const stop = async (): Promise<readonly string[]> => {
    wanted = false;
    stopWatching();
    if (running) ended = port.stopRecording(running.recording);
    await ended;
    return message?.files() ?? [];
  };

  return {
    record: (number) => {
      wanted = true;
      begin(number).catch((error: unknown) => {
        log.error({ err: error, contact: contact().contactId }, 'a message could not be recorded');
        if (wanted) over('failed');
      });
    },
    recordingEnded: ({ recording, why, ms }) => {
      if (running?.recording !== recording) return;
      const asked = running.why;
      running = undefined;
      stopWatching();
      heardMs += ms;
      const reason = why === 'stopped' && asked === 'disk-full' ? 'disk-full' : why;
      if (reason === 'failed') log.error({ contact: contact().contactId }, 'a recording failed');
      if (reason !== 'stopped' && wanted) over(reason);
    },
    stop,
    keep: async (ending) => {
      await stop();
      const spoken = message;
      message = undefined;
      heardMs = 0;
      return spoken ? spoken.file(cutByDisk ? 'disk-full' : ending) : true;
    },
    discard: () => {
      const dropped = message;
      stop().then(
        () => dropped?.drop(),
        (error: unknown) => log.error({ err: error }, 'a message could not be dropped'),
      );
      message = undefined;
      heardMs = 0;
      cutByDisk = false;
    },
  };
};
