import type { MixParty } from './bridge.ts';
import { FRAME_SAMPLES } from './g711.ts';

/** What two parties say, frame by frame, left and right in turn. */
export class PairTap {
  readonly #left: MixParty;
  readonly #right: MixParty;
  readonly #take: (samples: Int16Array) => void;
  readonly #frame = new Int16Array(2 * FRAME_SAMPLES);

  /** `take` gets the same array each time. */
  constructor([left, right]: readonly [MixParty, MixParty], take: (samples: Int16Array) => void) {
    this.#left = left;
    this.#right = right;
    this.#take = take;
  }

  /** Once a frame, when both have been heard. */
  tick(): void {
    for (const [side, { audio }] of [this.#left, this.#right].entries()) {
      for (let i = 0; i < FRAME_SAMPLES; i++) {
        this.#frame[2 * i + side] = audio.peerHolds ? 0 : (audio.heard[i] ?? 0);
      }
    }
    this.#take(this.#frame);
  }

  /** Frames nobody heard, so that the recording keeps time. */
  skip(frames: number): void {
    this.#frame.fill(0);
    for (let i = 0; i < frames; i++) this.#take(this.#frame);
  }
}
