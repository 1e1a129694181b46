import { FRAME_SAMPLES } from './g711.ts';

/** The part of a leg that mixing looks at. */
export interface MixParty {
  readonly audio: { readonly heard: Int16Array; readonly peerHolds: boolean };
}

/**
 * The parties of one bridge. `collect` once per frame, then `mixFor` for each party: everyone hears the
 * sum of the others, clipped at full scale. Who holds is not in the sum.
 */
export class Bridge<Party extends MixParty> {
  readonly parties: Set<Party>;
  readonly #sum = new Int32Array(FRAME_SAMPLES);

  constructor(parties: Iterable<Party>) {
    this.parties = new Set(parties);
  }

  collect(): void {
    this.#sum.fill(0);
    for (const { audio } of this.parties) {
      if (audio.peerHolds) continue;
      for (let i = 0; i < FRAME_SAMPLES; i++) this.#sum[i] = (this.#sum[i] ?? 0) + (audio.heard[i] ?? 0);
    }
  }

  mixFor({ audio }: Party, out: Int16Array): void {
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const others = (this.#sum[i] ?? 0) - (audio.peerHolds ? 0 : (audio.heard[i] ?? 0));
      out[i] = Math.max(-32_768, Math.min(32_767, others));
    }
  }

  /** Somebody else is in the bridge, and everybody else holds. */
  leftOnHold(party: Party): boolean {
    if (this.parties.size < 2) return false;
    for (const other of this.parties) if (other !== party && !other.audio.peerHolds) return false;
    return true;
  }
}
