import { ringTone } from './ring-tone.ts';
import type { Speaker } from './speaker.ts';

export interface Ringer {
  readonly start: () => void;
  readonly stop: () => void;
}

/** Rings on a device of its own, from the tone's beginning each time. */
export const createRinger = (context: AudioContext, speaker: Speaker): Ringer => {
  const samples = ringTone(context.sampleRate);
  const tone = new AudioBuffer({ length: samples.length, sampleRate: context.sampleRate });
  tone.copyToChannel(samples, 0);
  let stop: (() => void) | undefined;
  return {
    start: () => {
      if (stop !== undefined) return;
      const out = context.createMediaStreamDestination();
      const player = new AudioBufferSourceNode(context, { buffer: tone, loop: true });
      player.connect(out);
      player.start();
      const stopSpeaker = speaker.play(out.stream);
      stop = () => {
        player.stop();
        stopSpeaker();
      };
    },
    stop: () => {
      stop?.();
      stop = undefined;
    },
  };
};
