import { z } from 'zod';

/** Sets the text of a form. No two edits of a run have the same text. */
export interface Edit {
  readonly form: string;
  readonly text: string;
}

/**
 * One desk of a system under test: what it keeps is on its own disk, its server is another process. Its module exports
 * `openClient(folder, server, person)`.
 */
export interface SyncClient {
  /** From empty to everything that the server has, persisted here; how many forms that are. */
  readonly fill: () => Promise<number>;
  /** Until what goes on by itself after a fill is done: ours makes the forms searchable. */
  readonly settle: () => Promise<void>;
  /** Persisted here, with no word to the server. */
  readonly editOffline: (edits: readonly Edit[]) => Promise<void>;
  /** Until the server has acknowledged every edit, and that is persisted here. */
  readonly push: () => Promise<void>;
  /** Keeps itself and the server alike from now on; `onSeen` hears the text of each edit made elsewhere. */
  readonly goLive: (onSeen: (text: string) => void) => Promise<void>;
  /** An edit with the link up; what it takes to reach the server is waited for by nobody. */
  readonly edit: (edit: Edit) => Promise<void>;
}

/** What a client's process is asked, one thing at a time. */
export type Asked =
  | { readonly ask: 'fill' | 'settle' | 'memory' | 'push' | 'go-live' }
  | { readonly ask: 'edit-offline'; readonly edits: readonly Edit[] }
  | { readonly ask: 'edit'; readonly edit: Edit };

/** What it tells. Times of day are milliseconds of the system's clock with their fractions. */
export const told = z.discriminatedUnion('tell', [
  z.strictObject({ tell: z.literal('ready') }),
  z.strictObject({ tell: z.literal('filled'), forms: z.int(), ms: z.number() }),
  z.strictObject({ tell: z.literal('settled'), ms: z.number() }),
  /** Bytes; `rss` after garbage collection, `peak` the most there has been. */
  z.strictObject({ tell: z.literal('memory'), rss: z.number(), peak: z.number() }),
  z.strictObject({ tell: z.literal('edited-offline') }),
  z.strictObject({ tell: z.literal('pushed'), ms: z.number() }),
  z.strictObject({ tell: z.literal('live') }),
  z.strictObject({ tell: z.literal('edited'), at: z.number() }),
  /** By itself, while live. */
  z.strictObject({ tell: z.literal('seen'), text: z.string(), at: z.number() }),
]);
export type Told = z.infer<typeof told>;
