import type { Person } from '../../contract/http.ts';
import type { Role } from '../../domain/people/roles.ts';
import { Agents } from './agents.ts';
import { SimCentre } from './centre.ts';
import { Checks } from './check.ts';
import { type Counts, noCounts } from './counts.ts';
import { SimDesk } from './desk.ts';
import type { DiskWatch } from './disk.ts';
import { SimNetwork } from './network.ts';
import type { Planted } from './planted.ts';
import { type Profile, profileOf } from './profile.ts';
import { createRandom, type Random } from './random.ts';
import { SimRecords } from './records.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { WorldParts } from './world-parts.ts';

/** True time when a world begins, ms since the epoch. */
const beginning = 1_795_000_000_000;
/** Of healing: the longest that anything may be left alone is five minutes (electron/sync/postponed.ts). */
const healingMs = 40 * 60_000;

const hotlineRoles: readonly (readonly Role[])[] = [['junior-agent'], ['text-clerk'], ['senior-agent'], ['data-admin']];
const department: readonly Role[] = ['department'];

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
        if (!this.#stuck.has(operation)) checks.onThrown(error);
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
    const { scheduler, random } = this.#parts;
    for (const desk of this.#desks) scheduler.after(random.below(5_000), () => desk.start());
    this.#plan();
    await scheduler.wait(this.#profile.horizonMs);
    this.#heal();
    const isAtRest = await this.#comesToRest();
    this.#parts.checks.atTheEnd(this.#desks);
    if (!isAtRest) this.#parts.checks.neverRests(`${healingMs / 60_000} minutes: ${this.#unrest().join('; ')}`);
    this.#isOver = true;
  }

  /** Everything that will happen by itself, or go wrong, is in the queue from the beginning. */
  #plan(): void {
    const { random, scheduler } = this.#parts;
    const profile = this.#profile;
    const within = (): number => random.below(profile.horizonMs);
    const often = (count: number, work: () => void): void => {
      for (let each = 0; each < count; each += 1) scheduler.after(within(), work);
    };
    for (let left = profile.actions; left > 0; ) {
      // What one person does in a minute, now and then.
      const burst = Math.min(left, random.between(1, 4));
      const desk = random.below(this.#desks.length);
      const at = within();
      for (let each = 0; each < burst; each += 1) {
        scheduler.after(at + each * random.below(3_000), () => this.#agents.act(this.#deskAt(desk)));
      }
      left -= burst;
    }
    often(profile.partitions, () => this.#partition());
    often(profile.deskDeaths, () => this.#deskDies());
    often(profile.centreDeaths, () => this.#centreDies());
    often(profile.fullDisks, () => this.#diskFills());
    often(profile.clones, () => this.#clone());
    often(profile.restores, () => this.#backUp());
    often(profile.roleChanges, () => this.#changeRoles());
    often(profile.personChanges, () => this.#changePerson());
  }

  /** A machine that is copied is worked at as well. */
  #deskAt(index: number): SimDesk {
    const more = this.#desks.length - this.#profile.desks;
    const at = more > 0 && this.#random.chance(0.3) ? this.#profile.desks + this.#random.below(more) : index;
    const desk = this.#desks[at];
    if (!desk) throw new Error('no such desk');
    return desk;
  }

  #partition(): void {
    const { counts, network, scheduler, random, note } = this.#parts;
    const { index } = random.pick(this.#desks);
    counts.partitions += 1;
    note(() => `desk ${index} is cut off`);
    network.cutOff(index);
    scheduler.after(random.between(1_000, 60_000), () => network.reconnect(index));
    if (random.chance(0.7)) this.#desks[index]?.run()?.loseLine();
  }

  #deskDies(): void {
    const desk = this.#random.pick(this.#desks);
    if (!desk.isOn()) return;
    this.counts['desk died idle'] += 1;
    desk.die();
  }

  #centreDies(): void {
    const { centre, scheduler, random, note } = this.#parts;
    if (!centre.isUp()) return;
    note(() => 'the centre dies');
    centre.die();
    scheduler.after(random.between(100, 15_000), () => {
      if (!centre.isUp()) centre.comeBack();
    });
  }

  #diskFills(): void {
    const { scheduler, random } = this.#parts;
    const desk = random.pick(this.#desks);
    desk.isFull = true;
    scheduler.after(random.between(1_000, 30_000), () => {
      desk.isFull = false;
    });
  }

  #clone(): void {
    const { counts, random, note } = this.#parts;
    const desk = random.pick(this.#desks);
    if (!desk.isOn()) return;
    counts['desks cloned'] += 1;
    const copy = this.#addDesk(desk.person, desk);
    note(() => `desk ${desk.index} is copied to desk ${copy.index}`);
    // A running machine is copied with its session; a disk image is asked to sign in.
    copy.start(random.chance(0.5) ? desk.run()?.token() : undefined);
  }

  #backUp(): void {
    const { scheduler, random, counts, checks, note } = this.#parts;
    const desk = random.pick(this.#desks);
    const older = desk.disk.data();
    scheduler.after(random.between(5_000, 60_000), () => {
      if (!this.#isRough) return;
      counts['backups put back'] += 1;
      note(() => `desk ${desk.index} is put back to an older state`);
      checks.putBack(desk.disk.data(), older);
      desk.stop();
      desk.disk.putBack(older);
      desk.start();
    });
  }

  #changeRoles(): void {
    const { centre, random, counts, checks, note } = this.#parts;
    const { staffNumber } = random.pick(this.#desks).person;
    const roles = random.chance(0.3) ? department : random.pick(hotlineRoles);
    counts['roles changed'] += 1;
    checks.hasStableRights = false;
    note(() => `${staffNumber} becomes ${roles.join()}`);
    centre.changePerson(personOf(staffNumber, roles));
    if (random.chance(0.5)) return;
    for (const [token, session] of centre.sessions) if (session.staffNumber === staffNumber) centre.endSession(token);
  }

  /** Somebody else sits down; what the one before has not sent waits until they are back. */
  #changePerson(): void {
    const desk = this.#random.pick(this.#desks);
    const others = [...this.#parts.centre.staff.values()];
    this.counts['people changed'] += 1;
    this.#seat(desk, this.#random.pick(others));
  }

  #seat(desk: SimDesk, person: Person): void {
    this.#parts.checks.hasStableRights = false;
    this.#parts.note(() => `${person.staffNumber} sits down at desk ${desk.index}`);
    desk.stop();
    desk.person = person;
    desk.start();
  }

  #heal(): void {
    const { centre, network, note } = this.#parts;
    note(() => 'all is mended');
    this.#isRough = false;
    if (!centre.isUp()) centre.comeBack();
    for (const desk of this.#desks) {
      network.reconnect(desk.index);
      desk.isFull = false;
      if (!desk.isOn()) desk.start();
    }
  }

  /** Until nothing is left to be done, people settling what is on their cards; false: it never comes to that. */
  async #comesToRest(): Promise<boolean> {
    const { scheduler, checks } = this.#parts;
    const until = scheduler.now() + healingMs;
    for (let round = 0; scheduler.now() < until && this.broken === undefined; round += 1) {
      for (const desk of this.#desks) if (!this.#isUpToDate(desk)) desk.run()?.kick();
      // A form that waits after a failure is tried again by itself.
      await scheduler.wait(round < 10 ? 500 : 5_000);
      if (!this.#desks.every((desk) => desk.run()?.isQuiet())) continue;
      for (const desk of this.#desks) checks.deskHolds(desk);
      const isSettled = this.#desks.map((desk) => this.#settleAll(desk)).every((one) => one);
      if (isSettled && this.#desks.every((desk) => this.#isUpToDate(desk))) return true;
    }
    return this.broken !== undefined;
  }

  #isUpToDate(desk: SimDesk): boolean {
    const { state, outbox } = desk.disk.data();
    const isDone = outbox.every((row) => row.state === 'dismissed');
    return isDone && state.cursor === this.#records.head && (desk.run()?.isQuiet() ?? false);
  }

  #unrest(): string[] {
    return this.#desks.flatMap((desk) => {
      const rows = desk.disk.data().outbox.filter(({ state }) => state === 'pending');
      const left = rows.map(({ operation }) => `${operation.kind} ${operation.id.slice(-5)} of ${operation.by}`);
      const busy = desk.run()?.isQuiet() ? [] : ['not quiet'];
      return [...left, ...busy].map((what) => `desk ${desk.index}: ${what}`);
    });
  }

  /** Whether there was nothing to settle. */
  #settleAll(desk: SimDesk): boolean {
    const { outbox } = desk.disk.data();
    const cards = outbox.filter(({ state }) => state === 'rejected');
    for (const card of cards) this.#agents.settle(desk, card, false);
    if (cards.length > 0) return false;
    const waiting = outbox.find(
      ({ state, operation }) => state === 'pending' && operation.by !== desk.person.staffNumber,
    );
    const hasOwn = outbox.some(
      ({ state, operation }) => state === 'pending' && operation.by === desk.person.staffNumber,
    );
    const person = waiting && !hasOwn && this.#parts.centre.staff.get(waiting.operation.by);
    if (!person) return true;
    this.#seat(desk, person);
    return false;
  }

  #newId(version: 4 | 7): string {
    this.#ids += 1;
    const chance = this.#random.below(0x1_0000_0000).toString(16).padStart(8, '0');
    const id = `${chance}-0000-${version}000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
    if (version === 7 && this.#random.chance(this.#profile.stuck)) this.#stuck.add(id);
    return id;
  }
}

const personOf = (staffNumber: string, roles: readonly Role[]): Person => ({
  staffNumber,
  name: staffNumber,
  roles: [...roles],
  languages: ['zh'],
  ...(roles.includes('department') ? { department: 'network' } : {}),
});
