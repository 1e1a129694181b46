import { z } from 'zod';
import { collections } from './engines/engine.ts';

/** What stands in the search box after a key press. */
export const keystroke = z.strictObject({ collection: z.enum(collections), typed: z.string() });
export type Keystroke = z.infer<typeof keystroke>;

/** What one engine did. */
export const run = z.strictObject({
  loadMs: z.number(),
  /** Resident bytes over the empty process, with the data loaded and everything searched. */
  rss: z.number(),
  /** Of each key press, in their order: how long it took, and what was found. */
  ms: z.array(z.number()),
  ids: z.array(z.array(z.int())),
});
export type Run = z.infer<typeof run>;
