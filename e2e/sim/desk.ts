import type { Person } from '../../contract/http.ts';
import type { Author } from '../../electron/cache/store/act.ts';
import type { Counted } from './counts.ts';
import { type DeskRun, startDesk } from './desk-run.ts';
import { type DiskFate, SimDisk } from './disk.ts';
import { type DeskData, emptyDisk, MemoryDeskStore } from './memory-desk-store.ts';
import type { WorldParts } from './world-parts.ts';

const deaths: Partial<Record<DiskFate, Counted>> = {
  'dies-before': 'desk died before a write',
  'dies-inside': 'desk died inside a write',
  'dies-after': 'desk died after a write',
  full: 'disk full',
};

/** A PC at the hotline: a disk that outlives its starts, a clock of its own, a person in front of it. */
export class SimDesk {
  readonly index: number;
  readonly disk: SimDisk;
  person: Person;
  isFull = false;
  #starts = 0;
  #run: DeskRun | undefined;
  #write: (<Answer>(work: (store: MemoryDeskStore) => Answer) => Answer) | undefined;
  readonly #world: WorldParts;
  readonly #clockOffMs: number;
  readonly #clockDrift: number;

  constructor(world: WorldParts, index: number, person: Person, data?: DeskData) {
    this.#world = world;
    this.index = index;
    this.person = person;
    this.disk = new SimDisk(data ?? emptyDisk(world.newId(4)));
    this.#clockOffMs = world.random.between(-600_000, 600_000);
    this.#clockDrift = 1 + (world.random.next() - 0.5) * 0.01;
  }

  isOn(): boolean {
    return this.#run !== undefined;
  }

  run(): DeskRun | undefined {
    return this.#run;
  }

  /** One transaction of the disk, as this start of the machine sees it; throws where the machine dies of it. */
  write<Answer>(work: (store: MemoryDeskStore) => Answer): Answer {
    if (!this.#write) throw new Error('the machine is off');
    return this.#write(work);
  }

  now(): number {
    const { scheduler, clock } = this.#world;
    return Math.round(clock() + this.#clockOffMs + scheduler.now() * (this.#clockDrift - 1));
  }

  author(): Author {
    return { ...this.person, now: this.now() + this.disk.data().clockOffsetMs };
  }

  /** `token`: of a session that goes on, where a running machine was copied. */
  start(token?: string): void {
    const { random, counts, checks, note, watch } = this.#world;
    if (this.disk.recover()) counts['torn tails'] += 1;
    this.#starts += 1;
    const start = this.#starts;
    const isAlive = (): boolean => this.#starts === start && this.#write !== undefined;
    const mounted = this.disk.mount({
      isAlive,
      fate: () => this.#fate(),
      die: () => this.die(),
      random,
      onWritten: () => checks.afterWrite(this),
      open: (data) => watch?.open(this.index, data) ?? new MemoryDeskStore(data),
      onKept: (store) => watch?.onKept(this.index, store),
    });
    this.#write = mounted.write;
    note(() => `desk ${this.index} starts`);
    this.#run = startDesk({
      world: this.#world,
      desk: this.index,
      disk: mounted,
      isAlive,
      person: () => this.person,
      onPerson: (person) => {
        this.person = person;
      },
      now: () => this.now(),
      token,
    });
    this.#run.kick();
  }

  /** Everything in memory is gone; the disk is as it is. Somebody switches the machine on again. */
  die(): void {
    if (!this.#run) return;
    const { scheduler, random, profile, note } = this.#world;
    note(() => `desk ${this.index} dies`);
    this.stop();
    if (random.chance(profile.powerCuts)) this.disk.cutPower(random);
    scheduler.after(random.between(100, 20_000), () => {
      if (!this.#run) this.start();
    });
  }

  stop(): void {
    this.#run?.stop();
    this.#run = undefined;
    this.#write = undefined;
  }

  #fate(): DiskFate {
    const { random, profile, counts, isRough } = this.#world;
    if (!isRough()) return 'well';
    const dies = random.chance(profile.deskDying);
    const fate: DiskFate = dies
      ? random.pick(['dies-before', 'dies-inside', 'dies-after'] as const)
      : this.isFull && random.chance(0.7)
        ? 'full'
        : 'well';
    const name = deaths[fate];
    if (name) counts[name] += 1;
    if (fate !== 'well') this.#world.note(() => `desk ${this.index}'s disk: ${fate}`);
    return fate;
  }
}
