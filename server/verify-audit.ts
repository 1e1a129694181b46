import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { takeDataFolder } from './records/data-folder.ts';
import { lookIntoRecords } from './records/open-records.ts';
import { type ChainHead, verifyChain } from './records/verify-chain.ts';

/**
 * `node server/verify-audit.ts [--data FOLDER] [--database-url URL] [--head LENGTH:HASH]`: walks the audit trail of
 * records of whichever engine. `--head` is one that was noted before, from here or from `GET /api/audit/chain`.
 * Ends with 0 where all fits, 1 at the first place that does not, 2 where it cannot look.
 */
const { values: given } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['ZUOXI_DATA'] ?? 'data' },
    'database-url': { type: 'string', default: process.env['DATABASE_URL'] ?? '' },
    head: { type: 'string', default: '' },
  },
});

const notedHead = (): ChainHead | undefined => {
  if (given.head === '') return undefined;
  const [, length, hash] = /^(\d+):([0-9a-f]{64})$/.exec(given.head) ?? [];
  if (length === undefined || hash === undefined) throw new Error('--head is LENGTH:HASH, the hash in 64 hex digits');
  return { length: Number(length), hash };
};

const verify = async (): Promise<number> => {
  const noted = notedHead();
  const url = given['database-url'];
  const folder = join(given.data, 'records');
  if (url === '' && !existsSync(folder)) throw new Error(`there are no records in ${given.data}`);
  // The embedded records bear one process at a time.
  const taken = url === '' ? await takeDataFolder(given.data) : undefined;
  const records = await lookIntoRecords(url === '' ? { folder } : { url });
  try {
    const verified = await verifyChain(records.db, noted);
    if (verified.ok) {
      console.log(`the audit trail fits: ${verified.value.length} operations, head ${verified.value.hash}`);
      return 0;
    }
    const { position, operation, fault } = verified.error;
    console.error(
      `the audit trail does not fit at position ${position}: ${fault}${operation ? ` (${operation})` : ''}`,
    );
    return 1;
  } finally {
    await records.close();
    await taken?.release();
  }
};

process.exitCode = await verify().catch((error: unknown) => {
  console.error(`the audit trail could not be looked at: ${error instanceof Error ? error.message : String(error)}`);
  return 2;
});
