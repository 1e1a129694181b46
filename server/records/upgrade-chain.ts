import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';
import { beforeTheFirst, linkOf } from './operation-chain.ts';

const row = z.object({
  position: z.coerce.number(),
  operation: z.unknown(),
  outcome: z.enum(['applied', 'rejected']),
  refusal: z.unknown(),
  received_at: z.coerce.number(),
  session: z.uuid(),
});
const batchSize = 500;

/**
 * Chains what was taken before there was a chain: as it was received, what was applied at one instant in the order
 * of the change log. Part of a step taken: never edited.
 */
export const chainWhatIsThere = async (db: QueryExecutorProvider): Promise<void> => {
  await sql`insert into operation_chain (position, operation, hash)
    select row_number() over (order by received_at, cursor nulls last, device, seq), operations.id, ${beforeTheFirst}
    from operations left join changes on changes.operation = operations.id`.execute(db);
  let position = 0;
  let previous = beforeTheFirst;
  for (;;) {
    const found = await sql`
      select position, operations.operation, outcome, refusal, received_at, session
      from operation_chain join operations on operations.id = operation_chain.operation
      where position > ${position} order by position limit ${batchSize}`.execute(db);
    const links = found.rows.map((one) => {
      const { received_at: receivedAt, ...chained } = row.parse(one);
      position = chained.position;
      previous = linkOf(previous, { ...chained, receivedAt });
      return { position, hash: previous };
    });
    await sql`update operation_chain set hash = made.hash
      from json_to_recordset(${JSON.stringify(links)}::json) as made (position bigint, hash text)
      where made.position = operation_chain.position`.execute(db);
    if (links.length < batchSize) return;
  }
};
