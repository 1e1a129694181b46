import { randomUUID } from 'node:crypto';
import type { BridgeId, ChannelId, PlaybackId, RecordingId, TelephonyEvent, TelephonyPort } from '../port.ts';
import type { MediaEngine, MediaLeg } from './media/media-leg.ts';
import type { RecordingEnd } from './media/recorder.ts';

/** The part of the port that is about sound: names given to what the media engine does. */
export interface PortMedia
  extends Pick<
    TelephonyPort,
    'play' | 'stopPlayback' | 'record' | 'recordPair' | 'stopRecording' | 'bridge' | 'unbridge' | 'hasPrompt'
  > {}

export const createPortMedia = (parts: {
  readonly media: MediaEngine;
  readonly legOf: (channel: ChannelId) => MediaLeg | undefined;
  readonly emit: (event: TelephonyEvent) => void;
}): PortMedia => {
  const { media, legOf, emit } = parts;
  const playbacks = new Map<PlaybackId, () => void>();
  const recordings = new Map<RecordingId, () => Promise<void>>();
  const bridges = new Map<BridgeId, () => void>();
  /** `begin` is undefined where there is nobody to record. */
  const record = (
    channel: ChannelId,
    begin: ((onEnd: (end: RecordingEnd) => void) => { readonly stop: () => Promise<void> }) | undefined,
  ): RecordingId => {
    const recording = randomUUID() as string as RecordingId;
    const onEnd = ({ why, ms }: RecordingEnd): void => {
      recordings.delete(recording);
      emit({ type: 'recording.ended', channel, recording, why, ms });
    };
    if (begin) recordings.set(recording, begin(onEnd).stop);
    else onEnd({ why: 'failed', ms: 0 });
    return recording;
  };
  return {
    play: (channel, sounds, repeat) => {
      const playback = randomUUID() as string as PlaybackId;
      const ended = (how: 'played' | 'stopped'): void => {
        playbacks.delete(playback);
        emit({ type: 'playback.ended', channel, playback, how });
      };
      const leg = legOf(channel);
      if (leg) playbacks.set(playback, media.play(leg, sounds, repeat, ended).stop);
      else ended('stopped');
      return playback;
    },
    stopPlayback: (playback) => playbacks.get(playback)?.(),
    record: (channel, file, maxMs) => {
      const leg = legOf(channel);
      return record(channel, leg && ((onEnd) => media.record(leg, file, { maxMs, onEnd })));
    },
    recordPair: ([channel, other], file) => {
      const [left, right] = [legOf(channel), legOf(other)];
      return record(channel, left && right && ((onEnd) => media.recordPair([left, right], file, onEnd)));
    },
    stopRecording: async (recording) => {
      await recordings.get(recording)?.();
    },
    bridge: (channels) => {
      const bridge = randomUUID() as string as BridgeId;
      const legs = channels.map(legOf).filter((leg) => leg !== undefined);
      bridges.set(bridge, media.bridge(legs).close);
      return bridge;
    },
    unbridge: (bridge) => {
      bridges.get(bridge)?.();
      bridges.delete(bridge);
    },
    hasPrompt: media.hasPrompt,
  };
};
