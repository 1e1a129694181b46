import type { Person } from '../../contract/http.ts';
import type { SimDesk } from './desk.ts';
import type { WorldParts } from './world-parts.ts';

/** A world from the inside: who troubles it or mends it works on this. */
export interface Hotline {
  readonly parts: WorldParts;
  readonly desks: readonly SimDesk[];
  /** Where the centre's change log ends. */
  readonly head: () => number;
  readonly addDesk: (person: Person, like?: SimDesk) => SimDesk;
  readonly seat: (desk: SimDesk, person: Person) => void;
}
