import type { Random } from './random.ts';

/** How large a world is, and how hard it is on those who live in it. */
export interface Profile {
  readonly desks: number;
  readonly actions: number;
  readonly forms: number;
  /** Until everything that goes wrong stops; ms. */
  readonly horizonMs: number;
  readonly latencyMs: number;
  /** Of one query of the records; 0: at once. */
  readonly recordsMs: number;
  readonly pushSize: number;
  readonly pageSize: number;
  readonly lotSize: number;
  readonly losing: number;
  readonly doubling: number;
  /** Gives up on an answer before it comes. */
  readonly impatience: number;
  readonly framesLost: number;
  readonly framesDoubled: number;
  readonly deskDying: number;
  /** Share of the machines' deaths that take what is not flushed with them. */
  readonly powerCuts: number;
  readonly recordsFailing: number;
  readonly filesLate: number;
  readonly stuck: number;
  readonly partitions: number;
  readonly deskDeaths: number;
  readonly centreDeaths: number;
  readonly fullDisks: number;
  readonly clones: number;
  readonly restores: number;
  readonly roleChanges: number;
  readonly personChanges: number;
  readonly hasDepartment: boolean;
  /** Another server on the same records takes some of the pushes. */
  readonly otherServer: boolean;
}

/** Each kind of trouble in about half of the worlds, so that each is also met without the others. */
export const profileOf = (random: Random): Profile => {
  const sometimes = (most: number): number => (random.chance(0.5) ? random.next() * most : 0);
  const fewIn = (share: number, most: number): number => (random.chance(share) ? random.between(1, most) : 0);
  return {
    desks: random.pick([2, 2, 3, 4]),
    actions: random.chance(0.7) ? random.between(10, 16) : random.between(17, 30),
    forms: random.between(1, 5),
    horizonMs: random.between(15, 60) * 1_000,
    latencyMs: random.pick([5, 50, 500, 3_000]),
    recordsMs: random.pick([0, 2, 50, 1_000]),
    pushSize: random.pick([1, 2, 500]),
    pageSize: random.pick([2, 5, 500]),
    lotSize: random.pick([1, 2, 200]),
    losing: sometimes(0.3),
    doubling: sometimes(0.3),
    impatience: sometimes(0.2),
    framesLost: sometimes(0.5),
    framesDoubled: sometimes(0.3),
    deskDying: sometimes(0.04),
    powerCuts: 0.5,
    recordsFailing: sometimes(0.05),
    filesLate: sometimes(0.5),
    stuck: random.chance(0.1) ? 0.1 : 0,
    partitions: fewIn(0.4, 3),
    deskDeaths: fewIn(0.3, 2),
    centreDeaths: fewIn(0.4, 2),
    fullDisks: fewIn(0.2, 2),
    clones: fewIn(0.15, 1),
    restores: fewIn(0.15, 1),
    roleChanges: fewIn(0.25, 2),
    personChanges: fewIn(0.2, 2),
    hasDepartment: random.chance(0.15),
    otherServer: random.chance(0.3),
  };
};
