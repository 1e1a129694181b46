/** Choices that look random and are the same for the same seed. */
export interface SeededChoice {
  /** A whole number from 0 up to, not including, `limit`. */
  readonly below: (limit: number) => number;
  /** One of a list that is not empty. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** True in `percent` of a hundred cases. */
  readonly chance: (percent: number) => boolean;
}

/** Mulberry32: 32 bits of state, good enough to choose by. */
export const seededChoice = (seed: number): SeededChoice => {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) % limit) >>> 0;
  };
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('there is nothing to choose from');
      return item;
    },
    chance: (percent) => below(100) < percent,
  };
};
