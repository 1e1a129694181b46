import { z } from 'zod';

/** Somebody signed in at a desk of their own; one that edits has forms to edit. */
const desk = z.strictObject({
  accessToken: z.string(),
  /** Where it seems to come from: desks share nothing that the centre counts by address. */
  address: z.string(),
  edits: z
    .strictObject({ device: z.uuid(), staffNumber: z.string(), nextSeq: z.int(), forms: z.array(z.string()) })
    .nullable(),
});
export type SimulatedDesk = z.infer<typeof desk>;

/** Times are milliseconds of the system's monotonic clock, the same in every process. */
export const asked = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('connect'), url: z.string(), desks: z.array(desk) }),
  z.strictObject({ ask: z.literal('edit'), editsPerSecond: z.number(), seconds: z.number() }),
  /** Where the change log ended, and where in it each edit stands with when it was acknowledged, ascending. */
  z.strictObject({
    ask: z.literal('settle'),
    end: z.int(),
    edits: z.array(z.strictObject({ cursor: z.int(), at: z.number() })),
  }),
]);
export type Asked = z.infer<typeof asked>;

export const told = z.discriminatedUnion('tell', [
  z.strictObject({ tell: z.literal('connected') }),
  z.strictObject({
    tell: z.literal('edited'),
    /** By operation. */
    acknowledged: z.array(z.strictObject({ operation: z.string(), at: z.number() })),
    refused: z.int(),
    /** Edits that were not made, for no desk had the answer to its last. */
    late: z.int(),
  }),
  z.strictObject({
    tell: z.literal('settled'),
    /** How many deliveries took 0, 1, 2, … ms; the last place counts all that took longer. */
    tookMs: z.array(z.int()),
    /** Desks that never came to the end, frames that did not begin where the one before ended, or could not be read. */
    behind: z.int(),
    broken: z.int(),
    lostDesks: z.int(),
    toldToPull: z.int(),
    frames: z.int(),
    frameBytes: z.number(),
  }),
]);
export type Told = z.infer<typeof told>;
