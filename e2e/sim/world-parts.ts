import type { SimCentre } from './centre.ts';
import type { Checks } from './check.ts';
import type { Counts } from './counts.ts';
import type { DiskWatch } from './disk.ts';
import type { SimNetwork } from './network.ts';
import type { Planted } from './planted.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** What all who live in one world share. */
export interface WorldParts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly profile: Profile;
  readonly counts: Counts;
  readonly centre: SimCentre;
  readonly network: SimNetwork;
  readonly checks: Checks;
  readonly planted: Planted | undefined;
  readonly watch: DiskWatch | undefined;
  /** Whether anything goes wrong (still). */
  readonly isRough: () => boolean;
  /** ms since the epoch, true time. */
  readonly clock: () => number;
  /** A UUID; version 7 for forms and operations. */
  readonly newId: (version: 4 | 7) => string;
  /** A line of the trace; the text is made only where somebody reads it. */
  readonly note: (text: () => string) => void;
}
