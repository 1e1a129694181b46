/** How long to wait before try `attempt` (1, 2, …): doubling, capped, with half of it left to chance. */
export const backOffMs = (
  attempt: number,
  random: () => number,
  limits: { readonly firstMs: number; readonly mostMs: number } = { firstMs: 1_000, mostMs: 30_000 },
): number => {
  const whole = Math.min(limits.mostMs, limits.firstMs * 2 ** Math.min(attempt - 1, 16));
  return Math.round(whole / 2 + (whole / 2) * random());
};
