import { FRAME_MS } from './g711.ts';

/** After a stall this many frames are made up for at once; older ones are skipped: late sound is worse than none. */
const MAX_CATCH_UP_FRAMES = 5;

interface TickerTasks {
  readonly tick: () => void;
  /** Frames that will never be played. */
  readonly skip: (frames: number) => void;
}

/**
 * The one clock of all media. Each tick is due at a multiple of 20 ms from the start, so timers that
 * fire late do not add up to drift. Runs while `start`ed; never keeps the process alive.
 */
export class Ticker {
  readonly #tasks: TickerTasks;
  #timer: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #frames = 0;

  constructor(tasks: TickerTasks) {
    this.#tasks = tasks;
  }

  start(): void {
    if (this.#timer) return;
    this.#startedMs = performance.now();
    this.#frames = 0;
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    const dueMs = this.#startedMs + (this.#frames + 1) * FRAME_MS;
    // By way of setImmediate: after a stall, packets that wait in the sockets are read before frames are made up for.
    this.#timer = setTimeout(() => setImmediate(() => this.#run()), Math.max(0, dueMs - performance.now()));
    this.#timer.unref();
  }

  #run(): void {
    if (!this.#timer) return;
    const due = Math.floor((performance.now() - this.#startedMs) / FRAME_MS);
    const behind = due - this.#frames;
    if (behind > MAX_CATCH_UP_FRAMES) {
      this.#tasks.skip(behind - MAX_CATCH_UP_FRAMES);
      this.#frames = due - MAX_CATCH_UP_FRAMES;
    }
    while (this.#timer && this.#frames < due) {
      this.#frames += 1;
      this.#tasks.tick();
    }
    if (this.#timer) this.#schedule();
  }
}
