import { createHash } from 'node:crypto';
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
): string =>
  createHash('sha256')
    .update(canonicalJson([previous, operation, outcome, refusal, receivedAt, session]))
    .digest('hex');

/**
 * Adds the next links. The caller's transaction holds the lock of the change cursor's row to its end: who comes next
 * reads the last link only after these are there, or knows that they never will be.
 */
export const appendToChain = async (
  transaction: Transaction<Tables>,
  operations: readonly (Omit<ChainedOperation, 'outcome'> & { readonly operation: { readonly id: string } })[],
): Promise<void> => {
  const last = await transaction
    .selectFrom('operation_chain')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const hashes: string[] = [];
  for (const one of operations) {
    const outcome = one.refusal ? 'rejected' : 'applied';
    hashes.push(linkOf(hashes.at(-1) ?? last?.hash ?? beforeTheFirst, { ...one, outcome }));
  }
  await insertRows(transaction, 'operation_chain', {
    position: { type: 'bigint', values: operations.map((_, at) => (last?.position ?? 0) + 1 + at) },
    operation: { type: 'uuid', values: operations.map(({ operation }) => operation.id) },
    hash: { type: 'text', values: hashes },
  });
};
