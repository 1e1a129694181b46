export interface Timer {
  readonly cancel: () => void;
}

/**
 * Virtual time. Everything that happens is an event of this queue; what the code under test awaits is resolved by
 * events alone. Whoever drives it lets the microtasks after an event come to rest before the next.
 */
export interface Scheduler {
  /** ms since the beginning of this world. */
  readonly now: () => number;
  readonly after: (ms: number, work: () => void) => Timer;
  readonly wait: (ms: number) => Promise<void>;
  /** Runs the next event; false: there is none. */
  readonly step: () => boolean;
}

interface Event {
  readonly at: number;
  readonly order: number;
  work: (() => void) | undefined;
}

export const createScheduler = (): Scheduler => {
  const heap: Event[] = [];
  let now = 0;
  let order = 0;

  const after = (ms: number, work: () => void): Timer => {
    order += 1;
    const event: Event = { at: now + Math.max(0, ms), order, work };
    push(heap, event);
    return {
      cancel: () => {
        event.work = undefined;
      },
    };
  };

  return {
    now: () => now,
    after,
    wait: (ms) => new Promise((resolve) => after(ms, resolve)),
    step: () => {
      for (let event = pop(heap); event; event = pop(heap)) {
        if (!event.work) continue;
        now = event.at;
        event.work();
        return true;
      }
      return false;
    },
  };
};

const isBefore = (one: Event, other: Event): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

const push = (heap: Event[], event: Event): void => {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (!above || isBefore(above, event)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = event;
};

const pop = (heap: Event[]): Event | undefined => {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (!one) break;
    const isRight = other !== undefined && isBefore(other, one);
    const child = isRight ? other : one;
    if (isBefore(last, child)) break;
    heap[at] = child;
    at = isRight ? left + 1 : left;
  }
  heap[at] = last;
  return first;
};
