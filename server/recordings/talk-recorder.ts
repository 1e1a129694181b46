import type { Service } from '../../domain/access/services.ts';
import type { Clock, Log, Timers } from '../floor/parts.ts';
import type { Talk, TalkWatcher } from '../floor/talks.ts';
import type { ChannelId, RecordingId, TelephonyPort } from '../telephony/port.ts';
import type { RecordingSpool, SpooledRecording } from './recording-spool.ts';

/** 19.2 MB of stereo: below what the attachment store takes as one file. */
const partMs = 10 * 60_000;

/**
 * Records the talks of callers whose service is recorded, caller on the left, seat on the right; a file for each seat
 * a caller speaks with, and a new one every ten minutes, without a sample between them. Callers alone have heard the
 * notice: talks with customers whom a seat called are not recorded.
 */
export interface TalkRecorder extends TalkWatcher {
  /** Ends and files what still runs; resolves when all is filed. */
  readonly stop: () => Promise<void>;
}

export interface TalkRecorderParts {
  readonly port: Pick<TelephonyPort, 'recordPair' | 'stopRecording' | 'onEvent'>;
  readonly spool: RecordingSpool;
  readonly services: readonly Service[];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

interface Part {
  readonly recording: RecordingId;
  readonly spooled: SpooledRecording;
  readonly callOff: () => void;
}

export const createTalkRecorder = (parts: TalkRecorderParts): TalkRecorder => {
  const { port, spool, services, clock, timers, log } = parts;
  const running = new Map<Talk, Part>();
  const filing = new Set<Promise<void>>();

  const file = (spooled: SpooledRecording, complete: boolean, written: Promise<void>): void => {
    const at = clock();
    const filed = written.then(() => spooled.file({ at, complete })).finally(() => filing.delete(filed));
    filing.add(filed);
  };

  const begin = (talk: Talk): void => {
    const pair = recordedPair(talk);
    if (!pair || !services.includes(talk.contact.service)) return;
    const { contactId, service, caller } = talk.contact;
    try {
      const spooled = spool.begin({ contact: contactId, seat: pair.seat, service, caller });
      const recording = port.recordPair(pair.channels, spooled.wav);
      running.set(talk, { recording, spooled, callOff: timers.after(partMs, () => goOn(talk)) });
    } catch (error) {
      // A disk that fails must not cost the talk.
      log.error({ err: error, contact: contactId }, 'a talk is not recorded');
    }
  };

  const end = (talk: Talk): void => {
    const part = running.get(talk);
    if (!part) return;
    running.delete(talk);
    part.callOff();
    file(part.spooled, true, port.stopRecording(part.recording));
  };

  const goOn = (talk: Talk): void => {
    end(talk);
    begin(talk);
  };

  const stopListening = port.onEvent((event) => {
    if (event.type !== 'recording.ended') return;
    const [talk, part] = [...running].find(([, { recording }]) => recording === event.recording) ?? [];
    if (!talk || !part) return;
    running.delete(talk);
    part.callOff();
    const complete = event.why === 'stopped';
    if (!complete) log.error({ contact: talk.contact.contactId, why: event.why }, 'a recording broke off');
    file(part.spooled, complete, Promise.resolve());
  });

  return {
    opened: begin,
    closed: end,
    stop: async () => {
      for (const talk of [...running.keys()]) end(talk);
      stopListening();
      await Promise.all(filing);
    },
  };
};

const recordedPair = ({
  parties: [one, two],
}: Talk): { readonly channels: readonly [ChannelId, ChannelId]; readonly seat: string } | undefined => {
  if (one.kind === 'caller' && two.kind === 'seat') return { channels: [one.channel, two.channel], seat: two.seat };
  if (one.kind === 'seat' && two.kind === 'caller') return { channels: [two.channel, one.channel], seat: one.seat };
  return undefined;
};
