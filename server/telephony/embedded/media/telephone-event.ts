/**
 * RFC 4733 telephone-event, both ways.
 *
 * Receiving: an event is known by its RTP timestamp. Its packets repeat it while the key is down and
 * the last is sent three times; the digit is told at the first end packet, at the start of the next
 * event when all ends were lost, or when nothing more came for a while.
 */

const KEYS = '0123456789*#ABCD';
const PAYLOAD_BYTES = 4;
const END_BIT = 0x80;
const LOST_END_FRAMES = 15;
const MAX_DURATION = 0xffff;
const SAMPLES_PER_MS = 8;

type DigitListener = (digit: string, durationMs: number) => void;

interface EventInProgress {
  ssrc: number;
  timestamp: number;
  code: number;
  /** Samples of the segments before this one (RFC 4733 section 2.5.1.3: beyond 8 s an event goes on under a new timestamp). */
  earlier: number;
  duration: number;
  told: boolean;
  silentFrames: number;
}

export class DigitReceiver {
  readonly #onDigit: DigitListener;
  #event: EventInProgress | undefined;

  constructor(onDigit: DigitListener) {
    this.#onDigit = onDigit;
  }

  receive(ssrc: number, timestamp: number, payload: Uint8Array): void {
    const [code, flags, high, low] = payload;
    if (payload.length < PAYLOAD_BYTES || code === undefined || flags === undefined || code >= KEYS.length) return;
    const duration = ((high ?? 0) << 8) | (low ?? 0);
    const event = this.#event;

    if (event && event.ssrc === ssrc && event.timestamp === timestamp) {
      if (event.code !== code) return;
      event.duration = Math.max(event.duration, duration);
      event.silentFrames = 0;
    } else if (event && event.ssrc === ssrc && ((timestamp - event.timestamp) | 0) < 0) {
      return; // An old event's packet, come late.
    } else {
      this.#begin(ssrc, timestamp, code, duration);
    }
    if (flags & END_BIT) this.#tell();
  }

  /** Once a frame: notices events whose end packets were all lost. */
  tick(): void {
    if (!this.#event || this.#event.told) return;
    this.#event.silentFrames += 1;
    if (this.#event.silentFrames > LOST_END_FRAMES) this.#tell();
  }

  #begin(ssrc: number, timestamp: number, code: number, duration: number): void {
    const before = this.#event;
    const continues =
      before !== undefined &&
      !before.told &&
      before.ssrc === ssrc &&
      before.code === code &&
      ((timestamp - before.timestamp) | 0) === MAX_DURATION;
    if (!continues) this.#tell();
    const earlier = continues ? before.earlier + MAX_DURATION : 0;
    this.#event = { ssrc, timestamp, code, earlier, duration, told: false, silentFrames: 0 };
  }

  #tell(): void {
    if (!this.#event || this.#event.told) return;
    this.#event.told = true;
    const { code, earlier, duration } = this.#event;
    this.#onDigit(KEYS.charAt(code), Math.round((earlier + duration) / SAMPLES_PER_MS));
  }
}

const FRAME_DURATION = 160;
const END_PACKETS = 3;
const PAUSE_FRAMES = 3;
const MIN_PRESS_FRAMES = 3;
const MAX_PRESS_FRAMES = 400;
/** A queue of a whole card number; more is someone leaning on the keyboard. */
const MAX_QUEUED = 64;
/** -10 dBm0, RFC 4733 section 2.5.2.2's usual level. */
const VOLUME = 10;

interface Press {
  readonly code: number;
  readonly frames: number;
}

/** Presses keys one after another; asked once a frame what to send in place of audio. */
export class DigitSender {
  readonly #queue: Press[] = [];
  #sentFrames = 0;
  #pauseFrames = 0;
  #timestamp = 0;

  press(digit: string, durationMs: number): void {
    const code = digit.length === 1 ? KEYS.indexOf(digit.toUpperCase()) : -1;
    if (code < 0 || this.#queue.length >= MAX_QUEUED) return;
    const frames = Math.round(durationMs / 20);
    this.#queue.push({ code, frames: Math.min(MAX_PRESS_FRAMES, Math.max(MIN_PRESS_FRAMES, frames)) });
  }

  /**
   * Writes this frame's event payload to `out` at `offset` and returns its RTP timestamp and marker;
   * `undefined` when it is audio's turn.
   */
  next(now: number, out: Buffer, offset: number): { readonly timestamp: number; readonly marker: boolean } | undefined {
    if (this.#pauseFrames > 0) {
      this.#pauseFrames -= 1;
      return undefined;
    }
    const press = this.#queue[0];
    if (!press) return undefined;
    const marker = this.#sentFrames === 0;
    if (marker) this.#timestamp = now;
    this.#sentFrames += 1;
    const ended = this.#sentFrames >= press.frames;
    const duration = Math.min(this.#sentFrames, press.frames) * FRAME_DURATION;
    out.writeUInt8(press.code, offset);
    out.writeUInt8((ended ? END_BIT : 0) | VOLUME, offset + 1);
    out.writeUInt16BE(Math.min(duration, MAX_DURATION), offset + 2);
    const timestamp = this.#timestamp;
    if (this.#sentFrames >= press.frames + END_PACKETS - 1) {
      this.#queue.shift();
      this.#sentFrames = 0;
      this.#pauseFrames = PAUSE_FRAMES;
    }
    return { timestamp, marker };
  }
}

export const TELEPHONE_EVENT_BYTES = PAYLOAD_BYTES;
