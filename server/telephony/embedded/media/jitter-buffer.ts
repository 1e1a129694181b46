import { FRAME_SAMPLES, type G711Law, g711LinearTable } from './g711.ts';

/**
 * Smooths one party's packets into a frame every 20 ms.
 *
 * Samples lie in a ring at the place their RTP timestamp names, so packets of any length, in any
 * order and twice over need no care. Two positions, in samples since the first packet, tell all:
 *
 *     played ──► next sample to hand out          newest ──► end of the newest packet
 *
 * `newest - played` is the delay this buffer adds. It starts at 40 ms, grows when packets come too
 * late to be played in time, and shrinks by 20 ms after two seconds in which that much was never needed.
 */
const START_DELAY = 2 * FRAME_SAMPLES;
const MAX_DELAY = 6 * FRAME_SAMPLES;
const RING = 8_192;
const SHRINK_WINDOW_FRAMES = 100;
/** A jump beyond the ring is a new stream, whatever its SSRC says. */
const RESTART_JUMP = RING - MAX_DELAY;
/** Lost audio is bridged with the last frame, fading, this long; then silence. */
const CONCEAL_FRAMES = 3;

export class JitterBuffer {
  readonly #ring = new Int16Array(RING);
  /** 1 where the ring holds a sample not yet played. */
  readonly #filled = new Uint8Array(RING);
  readonly #lastFrame = new Int16Array(FRAME_SAMPLES);
  #started = false;
  #ssrc = 0;
  #lastTimestamp = 0;
  #strangerSsrc = -1;
  #strangerTimestamp = 0;
  #lastPosition = 0;
  #played = 0;
  #newest = 0;
  #buffering = true;
  #bufferedFrames = 0;
  #starvedFrames = 0;
  #concealed = CONCEAL_FRAMES;
  #leastDelay = Number.POSITIVE_INFINITY;
  #windowFrames = 0;

  /** Places a packet's samples; what comes after its time has passed is dropped. */
  put(law: G711Law, ssrc: number, timestamp: number, payload: Uint8Array): void {
    if (payload.length === 0 || payload.length > MAX_DELAY) return;
    const position = this.#positionOf(ssrc, timestamp);
    if (position === undefined) return;
    const end = position + payload.length;
    if (this.#starvedFrames > 0) this.#resume(position);
    if (end <= this.#played) return;

    const linear = g711LinearTable(law);
    for (let i = Math.max(0, this.#played - position); i < payload.length; i++) {
      const slot = (position + i) & (RING - 1);
      this.#ring[slot] = linear[payload[i] ?? 0] ?? 0;
      this.#filled[slot] = 1;
    }
    if (end > this.#newest) this.#newest = end;
    if (this.#newest - this.#played > MAX_DELAY + FRAME_SAMPLES) this.#skipTo(this.#newest - START_DELAY);
  }

  /** Fills `frame` with the next 20 ms; false where all of it is silence for want of packets. */
  take(frame: Int16Array): boolean {
    if (!this.#started || (this.#buffering && !this.#fullEnough())) {
      frame.fill(0);
      return false;
    }
    const delay = this.#newest - this.#played;
    if (delay <= 0) {
      this.#starvedFrames += 1;
      return this.#conceal(frame);
    }
    if (this.#mayShrink(delay)) {
      this.#takeTwoAsOne(frame);
      return true;
    }
    return this.#takeFrame(frame);
  }

  /** Delay that the buffer adds at this moment. */
  get delayMs(): number {
    return Math.max(0, this.#newest - this.#played) / 8;
  }

  /** `undefined` for a packet of an unknown stream that nothing confirms yet. */
  #positionOf(ssrc: number, timestamp: number): number | undefined {
    if (this.#started && ssrc === this.#ssrc) {
      // Signed difference modulo 2^32: right across the wraparound.
      const position = this.#lastPosition + ((timestamp - this.#lastTimestamp) | 0);
      if (Math.abs(position - this.#newest) < RESTART_JUMP) {
        if (position > this.#lastPosition) {
          this.#lastPosition = position;
          this.#lastTimestamp = timestamp;
        }
        return position;
      }
    }
    if (this.#started && !this.#confirmed(ssrc, timestamp)) return undefined;
    this.#restart(ssrc, timestamp);
    return this.#lastPosition;
  }

  /** A stray packet must not upset a running stream: a new one takes over with its second packet (RFC 3550 A.1). */
  #confirmed(ssrc: number, timestamp: number): boolean {
    const stepped = (timestamp - this.#strangerTimestamp) | 0;
    const confirmed = ssrc === this.#strangerSsrc && stepped > 0 && stepped < MAX_DELAY;
    this.#strangerSsrc = ssrc;
    this.#strangerTimestamp = timestamp;
    return confirmed;
  }

  #restart(ssrc: number, timestamp: number): void {
    this.#started = true;
    this.#ssrc = ssrc;
    this.#lastTimestamp = timestamp;
    this.#lastPosition = this.#newest;
    this.#filled.fill(0);
    this.#played = this.#newest;
    this.#buffering = true;
    this.#bufferedFrames = 0;
    this.#starvedFrames = 0;
    this.#forgetWindow();
  }

  /** The first frames wait for the starting delay, but a lone packet is not kept for ever. */
  #fullEnough(): boolean {
    if (this.#newest - this.#played < START_DELAY && this.#bufferedFrames < START_DELAY / FRAME_SAMPLES) {
      this.#bufferedFrames += 1;
      return false;
    }
    this.#buffering = false;
    return true;
  }

  /**
   * The first packet after a starvation. Time went on while `played` stood still: whatever is due only
   * from here on was lost or never sent and is skipped, so that only real lateness makes the delay grow.
   */
  #resume(position: number): void {
    const due = this.#played + this.#starvedFrames * FRAME_SAMPLES;
    this.#starvedFrames = 0;
    if (position > this.#played) this.#skipTo(Math.min(position, due));
  }

  #skipTo(position: number): void {
    while (this.#played < position) {
      this.#filled[this.#played & (RING - 1)] = 0;
      this.#played += 1;
    }
    if (this.#newest < this.#played) this.#newest = this.#played;
    this.#forgetWindow();
  }

  #takeFrame(frame: Int16Array): boolean {
    let present = 0;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const slot = this.#played & (RING - 1);
      if (this.#filled[slot] === 1) {
        frame[i] = this.#ring[slot] ?? 0;
        this.#filled[slot] = 0;
        present += 1;
      } else {
        frame[i] = this.#concealedSample(i);
      }
      this.#played += 1;
    }
    if (present === 0) return this.#conceal(frame);
    this.#concealed = 0;
    this.#lastFrame.set(frame);
    return true;
  }

  #conceal(frame: Int16Array): boolean {
    for (let i = 0; i < FRAME_SAMPLES; i++) frame[i] = this.#concealedSample(i);
    if (this.#concealed < CONCEAL_FRAMES) this.#concealed += 1;
    return this.#concealed < CONCEAL_FRAMES;
  }

  #concealedSample(index: number): number {
    const gain = 1 - (this.#concealed * FRAME_SAMPLES + index) / (CONCEAL_FRAMES * FRAME_SAMPLES);
    return gain <= 0 ? 0 : Math.round((this.#lastFrame[index] ?? 0) * gain);
  }

  #mayShrink(delay: number): boolean {
    this.#leastDelay = Math.min(this.#leastDelay, delay);
    this.#windowFrames += 1;
    if (this.#windowFrames < SHRINK_WINDOW_FRAMES) return false;
    const spare = this.#leastDelay - START_DELAY;
    this.#forgetWindow();
    return spare >= FRAME_SAMPLES;
  }

  #forgetWindow(): void {
    this.#leastDelay = Number.POSITIVE_INFINITY;
    this.#windowFrames = 0;
  }

  /** Two frames faded into one: 20 ms are gained without a click. */
  #takeTwoAsOne(frame: Int16Array): void {
    this.#takeFrame(frame);
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const slot = this.#played & (RING - 1);
      const next = this.#filled[slot] === 1 ? (this.#ring[slot] ?? 0) : (frame[i] ?? 0);
      this.#filled[slot] = 0;
      this.#played += 1;
      frame[i] = Math.round(((frame[i] ?? 0) * (FRAME_SAMPLES - i) + next * i) / FRAME_SAMPLES);
    }
    this.#lastFrame.set(frame);
  }
}
