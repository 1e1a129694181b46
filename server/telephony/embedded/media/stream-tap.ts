import { FRAME_SAMPLES, type G711Law, g711LinearTable } from './g711.ts';

/** What comes later than this is taken as lost: 240 ms. */
const HELD_BACK = 12 * FRAME_SAMPLES;
/** 8 s: a stall of the process shorter than that costs a recording nothing. */
const RING = 65_536;
/** A jump beyond this is a new stream, whatever its SSRC says. */
const JUMP = RING / 2;

/**
 * One party's samples as they were sent, for a recording: placed by their RTP timestamps and handed on in order,
 * a little later than they came. Unlike the jitter buffer it owes nobody a frame in time, so that it never
 * stretches nor drops. Where nothing is sent, silence takes the time that passes.
 *
 *     done ──► next sample to hand on          newest ──► end of the newest packet
 */
export class StreamTap {
  readonly #take: (samples: Int16Array) => void;
  readonly #ring = new Int16Array(RING);
  #ssrc: number | undefined;
  #timestamp = 0;
  #position = 0;
  #done = 0;
  #newest = 0;
  #idleFrames = 0;

  constructor(take: (samples: Int16Array) => void) {
    this.#take = take;
  }

  put(law: G711Law, ssrc: number, timestamp: number, payload: Uint8Array): void {
    let position = this.#position + ((timestamp - this.#timestamp) | 0);
    const lateAfterSilence = this.#idleFrames > HELD_BACK / FRAME_SAMPLES && position < this.#done;
    if (ssrc !== this.#ssrc || Math.abs(position - this.#newest) > JUMP || lateAfterSilence) {
      this.#ssrc = ssrc;
      position = Math.max(this.#newest, this.#done);
    }
    this.#timestamp = timestamp;
    this.#position = position;
    this.#idleFrames = 0;
    const end = position + payload.length;
    if (end - this.#done > RING) this.#handOn(end - RING);
    const linear = g711LinearTable(law);
    for (let i = Math.max(0, this.#done - position); i < payload.length; i++) {
      this.#ring[(position + i) & (RING - 1)] = linear[payload[i] ?? 0] ?? 0;
    }
    if (end > this.#newest) this.#newest = end;
  }

  /** Once a frame. */
  tick(): void {
    this.#idleFrames += 1;
    if (this.#idleFrames * FRAME_SAMPLES > HELD_BACK) {
      // Nothing comes: what is there is complete, and silence goes on in step with the clock.
      this.#handOn(this.#newest > this.#done ? this.#newest : this.#done + FRAME_SAMPLES);
      this.#newest = Math.max(this.#newest, this.#done);
    } else {
      this.#handOn(this.#newest - HELD_BACK);
    }
  }

  /** Hands on all that has come. */
  flush(): void {
    this.#handOn(this.#newest);
  }

  #handOn(until: number): void {
    while (this.#done < until) {
      const from = this.#done & (RING - 1);
      const count = Math.min(until - this.#done, RING - from);
      const samples = this.#ring.slice(from, from + count);
      this.#ring.fill(0, from, from + count);
      this.#done += count;
      this.#take(samples);
    }
  }
}
