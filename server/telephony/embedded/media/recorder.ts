import { close, open, write } from 'node:fs';
import { promisify } from 'node:util';
import { SAMPLE_RATE_HZ } from './g711.ts';
import { WAV_HEADER_BYTES, wavHeader } from './wav.ts';

const openFile = promisify(open);
const writeAt = promisify(write);
const closeFile = promisify(close);

/** A quarter of a second. Each block is followed by the header that counts it, so a crash loses less than a second. */
const BLOCK_BYTES = SAMPLE_RATE_HZ / 2;

export interface RecordingEnd {
  readonly why: 'stopped' | 'full' | 'disk-full' | 'failed';
  /** What the file holds. */
  readonly ms: number;
  /** Where it failed. */
  readonly error?: unknown;
}

/** Streams samples to a WAV file; the disk is never waited for. */
export class Recorder {
  readonly #channels: 1 | 2;
  readonly #maxBytes: number;
  readonly #onEnd: (end: RecordingEnd) => void;
  readonly #ended: Promise<void>;
  readonly #file: Promise<number>;
  #block = Buffer.alloc(BLOCK_BYTES);
  #blockBytes = 0;
  /** Handed to the disk, and known to be there. */
  #sentBytes = 0;
  #keptBytes = 0;
  #writing: Promise<void>;
  #resolveEnded: () => void = () => undefined;
  #open = true;
  #failed = false;
  #closed = false;

  /** `onEnd` is told once, when nothing more will be written. */
  constructor(
    file: string,
    options: {
      /** Two: what is pushed holds left and right in turn. */
      readonly channels?: 1 | 2;
      readonly maxMs?: number | undefined;
      readonly onEnd: (end: RecordingEnd) => void;
    },
  ) {
    const { channels = 1, maxMs } = options;
    this.#channels = channels;
    this.#maxBytes =
      maxMs === undefined ? Number.POSITIVE_INFINITY : Math.round((maxMs * SAMPLE_RATE_HZ) / 1_000) * 2 * channels;
    this.#onEnd = options.onEnd;
    this.#ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#file = openFile(file, 'w', 0o600);
    this.#writing = this.#file.then(
      () => undefined,
      (error: unknown) => this.#fail(error),
    );
    this.#flush();
  }

  /** False once the recording is over. */
  push(samples: Int16Array): boolean {
    for (const sample of samples) {
      if (!this.#open) return false;
      this.#block.writeInt16LE(sample, this.#blockBytes);
      this.#blockBytes += 2;
      if (this.#sentBytes + this.#blockBytes >= this.#maxBytes) this.#finish('full');
      else if (this.#blockBytes === BLOCK_BYTES) this.#flush();
    }
    return this.#open;
  }

  /** Resolves when the file is complete on disk. Twice is once. */
  stop(): Promise<void> {
    this.#finish('stopped');
    return this.#ended;
  }

  #finish(why: 'stopped' | 'full'): void {
    if (!this.#open) return;
    this.#open = false;
    this.#flush();
    this.#writing = this.#writing.then(() => this.#close({ why, ms: this.#ms() }));
  }

  #flush(): void {
    const block = this.#block.subarray(0, this.#blockBytes);
    const at = WAV_HEADER_BYTES + this.#sentBytes;
    this.#sentBytes += block.length;
    const header = wavHeader(this.#sentBytes, this.#channels);
    this.#block = Buffer.alloc(BLOCK_BYTES);
    this.#blockBytes = 0;
    this.#writing = this.#writing.then(() => this.#write(block, at, header));
  }

  async #write(block: Buffer, at: number, header: Buffer): Promise<void> {
    if (this.#failed) return;
    try {
      const file = await this.#file;
      await writeWhole(file, block, at);
      await writeWhole(file, header, 0);
      this.#keptBytes += block.length;
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#open = false;
    const full = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
    void this.#close({ why: full ? 'disk-full' : 'failed', ms: this.#ms(), error });
  }

  async #close(end: RecordingEnd): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.then(closeFile).catch(() => undefined);
    this.#onEnd(end);
    this.#resolveEnded();
  }

  #ms(): number {
    return (this.#keptBytes / 2 / this.#channels / SAMPLE_RATE_HZ) * 1_000;
  }
}

/** A disk that runs full may take a part of what is written before it says so. */
const writeWhole = async (file: number, bytes: Buffer, at: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await writeAt(file, bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
};
