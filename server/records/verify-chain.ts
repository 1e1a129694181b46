import { type Kysely, sql } from 'kysely';
import { ok, type Result, refused } from '../../domain/result.ts';
import { beforeTheFirst, linkOf } from './operation-chain.ts';
import type { Tables } from './tables.ts';

/** The chain's length and last hash: noted elsewhere, they prove later that nothing before them was touched. */
export interface ChainHead {
  readonly length: number;
  readonly hash: string;
}

/** The first place that does not fit. */
export interface ChainFault {
  readonly position: number;
  readonly operation: string | null;
  readonly fault: /** No link stands at this place. */
    | 'link-missing'
    /** The link is there, its operation is not. */
    | 'operation-missing'
    /** The operation's columns say something else than the operation itself. */
    | 'columns-differ'
    /** The operation, its outcome or a link before it is not what was chained. */
    | 'hash-differs'
    /** An operation that no link vouches for; `position` is that of the first link received after it. */
    | 'not-chained'
    /** The head that was noted elsewhere is not the chain's. */
    | 'head-differs';
}

export const readChainHead = async (db: Kysely<Tables>): Promise<ChainHead> => {
  const last = await db
    .selectFrom('operation_chain')
    .select(['position', 'hash'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { length: last?.position ?? 0, hash: last?.hash ?? beforeTheFirst };
};

const batchSize = 1_000;

/**
 * Walks the chain of operations from its beginning. `noted` is a head that was written down elsewhere: without one, a
 * chain cut off at its end together with its operations still fits.
 */
export const verifyChain = async (
  db: Kysely<Tables>,
  noted: ChainHead | undefined,
): Promise<Result<ChainHead, ChainFault>> => {
  let head: ChainHead = { length: 0, hash: beforeTheFirst };
  for (;;) {
    const links = await linksAfter(db, head.length);
    for (const link of links) {
      const position = head.length + 1;
      const fault = faultOf(link, position, head.hash);
      if (fault) return refused({ position, operation: fault === 'link-missing' ? null : link.id, fault });
      head = { length: position, hash: link.hash };
      if (noted?.length === position && noted.hash !== link.hash)
        return refused({ position, operation: link.id, fault: 'head-differs' });
    }
    if (links.length < batchSize) break;
  }
  if (noted && noted.length > head.length)
    return refused({ position: head.length + 1, operation: null, fault: 'link-missing' });
  const loose = await firstNotChained(db, head);
  return loose ? refused(loose) : ok(head);
};

const linksAfter = async (db: Kysely<Tables>, position: number) =>
  db
    .selectFrom('operation_chain')
    .leftJoin('operations', 'operations.id', 'operation_chain.operation')
    .select(['operation_chain.position', 'operation_chain.operation as id', 'operation_chain.hash'])
    .select(['operations.operation', 'operations.outcome', 'operations.refusal', 'operations.session'])
    .select(['operations.received_at', 'operations.device', 'operations.seq', 'operations.form'])
    .select(['operations.kind', 'operations.made_by', 'operations.made_at'])
    .where('operation_chain.position', '>', position)
    .orderBy('operation_chain.position')
    .limit(batchSize)
    .execute();
type Link = Awaited<ReturnType<typeof linksAfter>>[number];

const faultOf = (link: Link, position: number, previous: string): ChainFault['fault'] | undefined => {
  if (link.position !== position) return 'link-missing';
  const { operation, outcome, session, received_at: receivedAt } = link;
  if (!operation || !outcome || !session || receivedAt === null) return 'operation-missing';
  if (linkOf(previous, { operation, outcome, refusal: link.refusal, receivedAt, session }) !== link.hash)
    return 'hash-differs';
  const { id, device, seq, form, kind, made_by: by, made_at: madeAt } = link;
  const columns = { id, device, seq, form, kind, by, madeAt };
  return Object.entries(columns).every(([name, held]) => Reflect.get(operation, name) === held)
    ? undefined
    : 'columns-differ';
};

/** By the snapshot of one statement, so that what is being taken meanwhile is either whole or not there. */
const firstNotChained = async (db: Kysely<Tables>, { length }: ChainHead): Promise<ChainFault | undefined> => {
  const found = await db
    .selectFrom('operations as loose')
    .select(['loose.id'])
    .select(
      sql<
        number | null
      >`(select min(position) from operation_chain join operations on operations.id = operation_chain.operation
        where operations.received_at > loose.received_at)`.as('position'),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('operation_chain')
            .select('operation_chain.position')
            .whereRef('operation_chain.operation', '=', 'loose.id'),
        ),
      ),
    )
    .orderBy('loose.received_at')
    .orderBy('loose.id')
    .limit(1)
    .executeTakeFirst();
  return found && { position: found.position ?? length + 1, operation: found.id, fault: 'not-chained' };
};
