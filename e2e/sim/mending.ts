import type { Agents } from './agents.ts';
import type { SimDesk } from './desk.ts';
import type { Hotline } from './hotline.ts';

/** The longest that anything may be left alone is five minutes (electron/sync/postponed.ts). */
export const mendingMs = 40 * 60_000;

/** The end of a world: everything works again, and people settle what is on their cards. */
export class Mending {
  readonly #hotline: Hotline;
  readonly #agents: Agents;
  readonly #isBroken: () => boolean;

  constructor(hotline: Hotline, agents: Agents, isBroken: () => boolean) {
    this.#hotline = hotline;
    this.#agents = agents;
    this.#isBroken = isBroken;
  }

  /** Everything that was broken works again; whoever was away is back. */
  mend(): void {
    const { centre, network, note } = this.#hotline.parts;
    note(() => 'all is mended');
    if (!centre.isUp()) centre.comeBack();
    for (const desk of this.#hotline.desks) {
      network.reconnect(desk.index);
      desk.isFull = false;
      if (!desk.isOn()) desk.start();
    }
  }

  /** Until nothing is left to be done, people settling what is on their cards; false: it never comes to that. */
  async comesToRest(): Promise<boolean> {
    const { scheduler, checks } = this.#hotline.parts;
    const until = scheduler.now() + mendingMs;
    for (let round = 0; scheduler.now() < until && !this.#isBroken(); round += 1) {
      for (const desk of this.#hotline.desks) if (!this.#isUpToDate(desk)) desk.run()?.kick();
      // A form that waits after a failure is tried again by itself.
      await scheduler.wait(round < 10 ? 500 : 5_000);
      if (!this.#hotline.desks.every((desk) => desk.run()?.isQuiet())) continue;
      for (const desk of this.#hotline.desks) checks.deskHolds(desk);
      const isSettled = this.#hotline.desks.map((desk) => this.#settleAll(desk)).every((one) => one);
      if (isSettled && this.#hotline.desks.every((desk) => this.#isUpToDate(desk))) return true;
    }
    return this.#isBroken();
  }

  #isUpToDate(desk: SimDesk): boolean {
    const { state, outbox } = desk.disk.data();
    const isDone = outbox.every((row) => row.state === 'dismissed');
    return isDone && state.cursor === this.#hotline.head() && (desk.run()?.isQuiet() ?? false);
  }

  /** What is left to be done. */
  unrest(): string[] {
    return this.#hotline.desks.flatMap((desk) => {
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
    const person = waiting && !hasOwn && this.#hotline.parts.centre.staff.get(waiting.operation.by);
    if (!person) return true;
    this.#hotline.seat(desk, person);
    return false;
  }
}
