import { z } from 'zod';

/** What a headless desk is started with: one argument, JSON. */
export const deskOrders = z.strictObject({
  folder: z.string(),
  server: z.string(),
  staffNumber: z.string(),
  password: z.string(),
  /** Of what it does; another one at every start, or it would do the same again. */
  seed: z.int(),
  /** Between two edits, on average. */
  pauseMs: z.int().nonnegative(),
});
export type DeskOrders = z.infer<typeof deskOrders>;

/** What the test says to a headless desk. */
export const toDesk = z.discriminatedUnion('type', [
  /** No edits any more; what is pending still goes up. */
  z.strictObject({ type: z.literal('rest') }),
  z.strictObject({ type: z.literal('report') }),
  z.strictObject({ type: z.literal('leave') }),
]);
export type ToDesk = z.infer<typeof toDesk>;

/** How a desk stands; `forms` by id, each by the SHA-256 of its canonical JSON. */
export const deskReport = z.strictObject({
  link: z.string(),
  trouble: z.string().nullable(),
  pending: z.int(),
  forms: z.record(z.string(), z.string()),
  /** Ids of the operations on its cards. */
  cards: z.array(z.string()),
  /** Edits that were refused for want of room. */
  diskFull: z.int(),
});
export type DeskReport = z.infer<typeof deskReport>;

export const fromDesk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('signed-in') }),
  z.strictObject({ type: z.literal('report'), report: deskReport }),
]);
export type FromDesk = z.infer<typeof fromDesk>;

/**
 * One line a desk writes after its transaction has returned: what an agent would have been told is saved. An
 * attachment is told by its own id, for the screen is told no other. A card is told before it is settled: with it goes
 * what the agent had to see.
 */
const acknowledged = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('operation'), id: z.string(), form: z.string() }),
  z.strictObject({ what: z.literal('attachment'), id: z.string(), form: z.string(), sha256: z.string() }),
  /** `renumbered`: what waited behind it and takes new numbers, where it is offered again. */
  z.strictObject({ what: z.literal('card'), id: z.string(), form: z.string(), renumbered: z.int() }),
]);
export type Acknowledged = z.infer<typeof acknowledged>;

/** The last line may have been cut in the middle: it was not told then. */
export const readAcknowledged = (lines: string): readonly Acknowledged[] =>
  lines
    .split('\n')
    .slice(0, -1)
    .map((line) => acknowledged.parse(JSON.parse(line)));
