import { FRAME_SAMPLES } from './g711.ts';
import type { PlaybackEnd } from './media-leg.ts';

/** Samples of a clip, read when its turn comes: a long message does not lie in memory as a whole. */
export type Clip = () => Int16Array;

/** Clips one after another without a gap, a frame at a time; for ever starts over at the first. */
export class Playback {
  readonly #clips: readonly Clip[];
  readonly #forEver: boolean;
  readonly #onEnd: (how: PlaybackEnd) => void;
  #clip = 0;
  #samples: Int16Array | undefined;
  #offset = 0;
  #ended = false;

  constructor(clips: readonly Clip[], repeat: 'once' | 'for-ever', onEnd: (how: PlaybackEnd) => void) {
    this.#clips = clips;
    this.#forEver = repeat === 'for-ever' && clips.length > 0;
    this.#onEnd = onEnd;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Fills the frame, with silence after the last clip; says false when nothing was left to play. */
  fill(frame: Int16Array): boolean {
    let filled = 0;
    while (filled < FRAME_SAMPLES) {
      const next = this.#clips[this.#clip];
      if (!next) {
        if (!this.#forEver) break;
        this.#clip = 0;
        continue;
      }
      this.#samples ??= next();
      const clip = this.#samples;
      const count = Math.min(FRAME_SAMPLES - filled, clip.length - this.#offset);
      for (let i = 0; i < count; i++) frame[filled + i] = clip[this.#offset + i] ?? 0;
      filled += count;
      this.#offset += count;
      if (this.#offset === clip.length) {
        this.#clip += 1;
        this.#samples = undefined;
        this.#offset = 0;
      }
    }
    frame.fill(0, filled);
    return filled > 0;
  }

  /** Tells the end, once. */
  end(how: PlaybackEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd(how);
  }
}
