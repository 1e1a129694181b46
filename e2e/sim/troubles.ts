import type { Hotline } from './hotline.ts';
import { department, hotlineRoles, personOf } from './people.ts';

/** What goes wrong in a world besides its lines and disks: machines, the centre and people. */
export class Troubles {
  readonly #hotline: Hotline;

  constructor(hotline: Hotline) {
    this.#hotline = hotline;
  }

  /** Each as often as the profile says, at any time before everything is mended. */
  plan(): void {
    const { random, scheduler, profile } = this.#hotline.parts;
    const often = (count: number, work: () => void): void => {
      for (let each = 0; each < count; each += 1) scheduler.after(random.below(profile.horizonMs), work);
    };
    often(profile.partitions, () => this.#partition());
    often(profile.deskDeaths, () => this.#deskDies());
    often(profile.centreDeaths, () => this.#centreDies());
    often(profile.fullDisks, () => this.#diskFills());
    often(profile.clones, () => this.#clone());
    often(profile.restores, () => this.#backUp());
    often(profile.roleChanges, () => this.#changeRoles());
    often(profile.personChanges, () => this.#changePerson());
  }

  #partition(): void {
    const { counts, network, scheduler, random, note } = this.#hotline.parts;
    const { index } = random.pick(this.#hotline.desks);
    counts.partitions += 1;
    note(() => `desk ${index} is cut off`);
    network.cutOff(index);
    scheduler.after(random.between(1_000, 60_000), () => network.reconnect(index));
    if (random.chance(0.7)) this.#hotline.desks[index]?.run()?.loseLine();
  }

  #deskDies(): void {
    const desk = this.#hotline.parts.random.pick(this.#hotline.desks);
    if (!desk.isOn()) return;
    this.#hotline.parts.counts['desk died idle'] += 1;
    desk.die();
  }

  #centreDies(): void {
    const { centre, scheduler, random, note } = this.#hotline.parts;
    if (!centre.isUp()) return;
    note(() => 'the centre dies');
    centre.die();
    scheduler.after(random.between(100, 15_000), () => {
      if (!centre.isUp()) centre.comeBack();
    });
  }

  #diskFills(): void {
    const { scheduler, random } = this.#hotline.parts;
    const desk = random.pick(this.#hotline.desks);
    desk.isFull = true;
    scheduler.after(random.between(1_000, 30_000), () => {
      desk.isFull = false;
    });
  }

  #clone(): void {
    const { counts, random, note } = this.#hotline.parts;
    const desk = random.pick(this.#hotline.desks);
    if (!desk.isOn()) return;
    counts['desks cloned'] += 1;
    const copy = this.#hotline.addDesk(desk.person, desk);
    note(() => `desk ${desk.index} is copied to desk ${copy.index}`);
    // A running machine is copied with its session; a disk image is asked to sign in.
    copy.start(random.chance(0.5) ? desk.run()?.token() : undefined);
  }

  #backUp(): void {
    const { scheduler, random, counts, checks, isRough, note } = this.#hotline.parts;
    const desk = random.pick(this.#hotline.desks);
    const older = desk.disk.data();
    scheduler.after(random.between(5_000, 60_000), () => {
      if (!isRough()) return;
      counts['backups put back'] += 1;
      note(() => `desk ${desk.index} is put back to an older state`);
      checks.putBack(desk.disk.data(), older);
      desk.stop();
      desk.disk.putBack(older);
      desk.start();
    });
  }

  #changeRoles(): void {
    const { centre, random, counts, checks, note } = this.#hotline.parts;
    const { staffNumber } = random.pick(this.#hotline.desks).person;
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
    const desk = this.#hotline.parts.random.pick(this.#hotline.desks);
    const others = [...this.#hotline.parts.centre.staff.values()];
    this.#hotline.parts.counts['people changed'] += 1;
    this.#hotline.seat(desk, this.#hotline.parts.random.pick(others));
  }
}
