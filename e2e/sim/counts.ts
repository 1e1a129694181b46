/** What a world went through: asked of many seeds, so that a simulator that has grown tame is noticed. */
export const counted = [
  ...(['events', 'actions', 'refused at the desk', 'disk full'] as const),
  ...(['applied', 'repeated', 'rejected', 'postponed', 'postponed behind another'] as const),
  ...(['requests lost', 'answers lost', 'requests doubled', 'partitions', 'waits cut short'] as const),
  ...(['frames taken', 'frames lost', 'frames doubled', 'frames missed before'] as const),
  ...(['desk died before a write', 'desk died inside a write', 'desk died after a write', 'desk died idle'] as const),
  ...(['torn tails', 'centre died', 'transactions rolled back', 'answers of the records lost', 'conflicts'] as const),
  ...(['waits for a lock', 'desks cloned', 'backups put back', 'copies noticed at sign-in', 'new names'] as const),
  ...(['fills', 'fills resumed', 'roles changed', 'people changed', 'cards put away', 'cards offered again'] as const),
  ...(['files late', 'operations stuck', 'forms opened', 'detached'] as const),
  ...(['numbers taken', 'not allowed', 'edits in conflict', 'numbers given twice'] as const),
] as const;
export type Counted = (typeof counted)[number];

export type Counts = Record<Counted, number>;

export const noCounts = (): Counts => {
  const counts: Partial<Counts> = {};
  for (const name of counted) counts[name] = 0;
  return counts as Counts;
};

export const addCounts = (sum: Counts, more: Counts): void => {
  for (const name of counted) sum[name] += more[name];
};
