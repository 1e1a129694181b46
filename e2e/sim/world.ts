import type { Person } from '../../contract/http.ts';
import { RecordsFailure } from '../../server/sync/sync-transaction.ts';
import { Agents } from './agents.ts';
import { SimCentre } from './centre.ts';
import { Checks } from './check.ts';
import { type Counts, noCounts } from './counts.ts';
import { SimDesk } from './desk.ts';
import type { DiskWatch } from './disk.ts';
import type { Hotline } from './hotline.ts';
import { Mending, mendingMs } from './mending.ts';
import { SimNetwork } from './network.ts';
import { department, hotlineRoles, personOf } from './people.ts';
import type { Planted } from './planted.ts';
import { type Profile, profileOf } from './profile.ts';
import { createRandom, type Random } from './random.ts';
import { SimRecords } from './records.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { Troubles } from './troubles.ts';
import type { WorldParts } from './world-parts.ts';

/** True time when a world begins, ms since the epoch. */
const beginning = 1_795_000_000_000;
export interface WorldOptions {
  readonly seed: number;
  readonly planted?: Planted | undefined;
  readonly trace?: ((line: string) => void) | undefined;
  /** In place of what the seed says. */
  readonly profile?: Partial<Profile>;
  readonly watch?: DiskWatch | undefined;
}

/** A hotline under one seed, from its first morning until everything is quiet. */
export class World {
  readonly seed: number;
  readonly counts: Counts = noCounts();
  /** What was found not to be as it must be. */
  broken: string | undefined;
  #isOver = false;
  #isRough = true;
  #ids = 0;
  readonly #random: Random;
  readonly #profile: Profile;
  readonly #scheduler: Scheduler = createScheduler();
  readonly #records: SimRecords;
  readonly #desks: SimDesk[] = [];
  readonly #stuck = new Set<string>();
  readonly #parts: WorldParts;
  readonly #agents: Agents;

  constructor({ seed, planted, trace, watch, profile: chosen }: WorldOptions) {
    this.seed = seed;
    const random = createRandom(seed);
    const profile = { ...profileOf(random), ...chosen };
    const scheduler = this.#scheduler;
    const { counts } = this;
    const note = (text: () => string): void => trace?.(`${(scheduler.now() / 1_000).toFixed(3).padStart(9)} ${text()}`);
    const clock = (): number => beginning + Math.round(scheduler.now());
    const isRough = (): boolean => this.#isRough;
    const newId = (version: 4 | 7): string => this.#newId(version);
    const checks = new Checks({
      random,
      counts,
      records: () => this.#records,
      onBroken: (what) => {
        this.broken ??= what;
        note(() => `BROKEN: ${what}`);
      },
    });
    this.#random = random;
    this.#profile = profile;
    this.#records = new SimRecords({
      scheduler,
      random,
      counts,
      queryMs: profile.recordsMs,
      failing: () => (this.#isRough ? profile.recordsFailing : 0),
      isStuck: (operation) => this.#isRough && this.#stuck.has(operation),
      onCommitted: (judged, written) => {
        for (const { operation, refusal, form } of judged) {
          counts[refusal ? 'rejected' : 'applied'] += 1;
          if (form && operation.kind === 'form.open' && form.number !== operation.payload.number) {
            counts['numbers given twice'] += 1;
          }
        }
        note(() => {
          const told = judged.map(
            ({ operation, refusal }) => `${operation.id.slice(-5)}${refusal ? ` ${refusal.code}` : ''}`,
          );
          return `centre commits ${told.join(', ')}, up to ${written.changes.at(-1)?.cursor ?? 'the same cursor'}`;
        });
        checks.onCommitted(judged, written);
      },
      onDeadlock: () => checks.onDeadlock(),
      planted: planted === 'outbox-cleared-when-sent' ? undefined : planted,
    });
    const centre = new SimCentre({
      scheduler,
      counts,
      records: this.#records,
      clock,
      pageSize: profile.pageSize,
      newId: () => newId(4),
      isPreparing: () => random.chance(0.2),
      isHeardElsewhere: () => this.#isRough && profile.otherServer && random.chance(0.3),
      onThrown: checks.onThrown,
      onStuck: (operation, error) => {
        counts['operations stuck'] += 1;
        // Records that are away too often, or in each other's way, put an operation off; it is sent again.
        if (!this.#stuck.has(operation) && !(error instanceof RecordsFailure)) checks.onThrown(error);
      },
    });
    const network = new SimNetwork({ scheduler, random, counts, profile, centre, isRough });
    const shared = {
      scheduler,
      random,
      profile,
      counts,
      centre,
      network,
      checks,
      planted,
      watch,
      isRough,
      clock,
      newId,
      note,
    };
    this.#parts = shared;
    this.#agents = new Agents(shared);
    note(() => `seed ${seed}: ${JSON.stringify(profile)}`);
    this.#begin();
    this.#live().catch(checks.onThrown);
  }

  isOver(): boolean {
    return this.#isOver || this.broken !== undefined;
  }

  /** The next event; whoever calls lets the microtasks come to rest before the next. */
  step(): void {
    this.counts.events += 1;
    if (!this.#scheduler.step()) this.broken ??= 'nothing happens any more';
  }

  #begin(): void {
    const { random, centre } = this.#parts;
    for (let index = 0; index < this.#profile.desks; index += 1) {
      const isDepartment = index > 0 && this.#profile.hasDepartment && index === this.#profile.desks - 1;
      const roles = isDepartment ? department : random.pick(hotlineRoles.slice(0, 3));
      const person = personOf(`${1001 + index}`, roles);
      centre.staff.set(person.staffNumber, person);
      this.#addDesk(person);
    }
  }

  #addDesk(person: Person, like?: SimDesk): SimDesk {
    const desk = new SimDesk(this.#parts, this.#desks.length, person, like?.disk.data());
    this.#desks.push(desk);
    return desk;
  }

  async #live(): Promise<void> {
    const { scheduler, random, checks } = this.#parts;
    const hotline: Hotline = {
      parts: this.#parts,
      desks: this.#desks,
      head: () => this.#records.head,
      addDesk: (person, like) => this.#addDesk(person, like),
      seat: (desk, person) => this.#seat(desk, person),
    };
    const mending = new Mending(hotline, this.#agents, () => this.broken !== undefined);
    for (const desk of this.#desks) scheduler.after(random.below(5_000), () => desk.start());
    this.#planWork();
    new Troubles(hotline).plan();
    await scheduler.wait(this.#profile.horizonMs);
    this.#isRough = false;
    mending.mend();
    const isAtRest = await mending.comesToRest();
    checks.atTheEnd(this.#desks);
    if (!isAtRest) checks.neverRests(`${mendingMs / 60_000} minutes: ${mending.unrest().join('; ')}`);
    this.#isOver = true;
  }

  /** What people do, a burst at a time. */
  #planWork(): void {
    const { random, scheduler } = this.#parts;
    const profile = this.#profile;
    for (let left = profile.actions; left > 0; ) {
      // What one person does in a minute, now and then.
      const burst = Math.min(left, random.between(1, 4));
      const desk = random.below(this.#desks.length);
      const at = random.below(profile.horizonMs);
      for (let each = 0; each < burst; each += 1) {
        scheduler.after(at + each * random.below(3_000), () => this.#agents.act(this.#deskAt(desk)));
      }
      left -= burst;
    }
  }

  /** A machine that is copied is worked at as well. */
  #deskAt(index: number): SimDesk {
    const more = this.#desks.length - this.#profile.desks;
    const at = more > 0 && this.#random.chance(0.3) ? this.#profile.desks + this.#random.below(more) : index;
    const desk = this.#desks[at];
    if (!desk) throw new Error('no such desk');
    return desk;
  }

  #seat(desk: SimDesk, person: Person): void {
    this.#parts.checks.hasStableRights = false;
    this.#parts.note(() => `${person.staffNumber} sits down at desk ${desk.index}`);
    desk.stop();
    desk.person = person;
    desk.start();
  }

  #newId(version: 4 | 7): string {
    this.#ids += 1;
    const chance = this.#random.below(0x1_0000_0000).toString(16).padStart(8, '0');
    const id = `${chance}-0000-${version}000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
    if (version === 7 && this.#random.chance(this.#profile.stuck)) this.#stuck.add(id);
    return id;
  }
}
