import { z } from 'zod';
import { collections } from './engines/engine.ts';

/** What stands in the search box after a key press. */
export interface Keystroke {
  readonly collection: (typeof collections)[number];
  readonly typed: string;
}

/** What an engine's process is asked, one thing at a time. */
export const asked = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('search'), collection: z.enum(collections), typed: z.string() }),
  z.strictObject({ ask: z.literal('memory') }),
]);
export type Asked = z.infer<typeof asked>;

/** What it says of itself: that the data are loaded, how a search went, what it takes. */
export const told = z.discriminatedUnion('tell', [
  z.strictObject({ tell: z.literal('loaded') }),
  z.strictObject({ tell: z.literal('found'), ms: z.number(), ids: z.array(z.int()) }),
  /** Resident bytes over the same process before it loaded anything. */
  z.strictObject({ tell: z.literal('memory'), rss: z.number() }),
]);
export type Told = z.infer<typeof told>;
