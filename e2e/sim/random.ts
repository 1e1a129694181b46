/** Chance under a seed: the same seed tells the same story. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** An integer in [0, count). */
  readonly below: (count: number) => number;
  /** An integer in [least, most]. */
  readonly between: (least: number, most: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <One>(among: readonly One[]) => One;
}

/** Mulberry32: 32 bits of state, some nanoseconds a draw. */
export const createRandom = (seed: number): Random => {
  let state = mixed(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => probability > 0 && next() < probability,
    pick: (among) => {
      const one = among[below(among.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
  };
};

/** Neighbouring seeds begin far apart. */
const mixed = (seed: number): number => {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
};
