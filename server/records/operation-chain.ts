import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { canonicalJson } from './canonical-json.ts';
import { insertRows } from './many-rows.ts';
import type { Tables } from './tables.ts';

/** What a link of the chain vouches for: an operation as it was taken, and what became of it. */
export interface ChainedOperation {
  readonly operation: unknown;
  readonly outcome: 'applied' | 'rejected';
  readonly refusal: unknown;
  readonly receivedAt: number;
  readonly session: string;
}

/** What the first link is made over. */
export const beforeTheFirst = '0'.repeat(64);

/** SHA-256 in hex over the hash before and what is chained, as canonical JSON of one array. */
export const linkOf = (
  previous: string,
  { operation, outcome, refusal, receivedAt, session }: ChainedOperation,
): string => hash('sha256', canonicalJson([previous, operation, outcome, refusal, receivedAt, session]));

export interface Link {
  readonly position: number;
  readonly operation: string;
  readonly hash: string;
}

/**
 * The last link. The caller's transaction holds the lock of the change cursor's row to its end: who comes next reads the
 * last link only after this one's are there, or knows that they never will be.
 */
export const readLastLink = (transaction: Transaction<Tables>): Promise<Pick<Link, 'position' | 'hash'> | undefined> =>
  transaction
    .selectFrom('operation_chain')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();

export const linksAfter = (
  last: Pick<Link, 'position' | 'hash'> | undefined,
  operations: readonly (Omit<ChainedOperation, 'outcome'> & { readonly operation: { readonly id: string } })[],
): readonly Link[] => {
  let end = last ?? { position: 0, hash: beforeTheFirst };
  return operations.map((one) => {
    const link = linkOf(end.hash, { ...one, outcome: one.refusal ? 'rejected' : 'applied' });
    end = { position: end.position + 1, hash: link };
    return { ...end, operation: one.operation.id };
  });
};

export const writeLinks = (transaction: Transaction<Tables>, links: readonly Link[]): Promise<void> =>
  insertRows(transaction, 'operation_chain', {
    position: { type: 'bigint', values: links.map(({ position }) => position) },
    operation: { type: 'uuid', values: links.map(({ operation }) => operation) },
    hash: { type: 'text', values: links.map(({ hash }) => hash) },
  });
