import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Kysely } from 'kysely';
import { operation as operationShape } from '../../domain/forms/operations.ts';
import { canonicalJson } from '../../server/records/canonical-json.ts';
import { lookIntoRecords } from '../../server/records/open-records.ts';
import type { Tables } from '../../server/records/tables.ts';
import { verifyChain } from '../../server/records/verify-chain.ts';
import type { CentreFacts } from './judge-records.ts';

/** Looks into the records, whether or not the server runs. */
export const readCentre = async (databaseUrl: string, dataDir: string): Promise<CentreFacts> => {
  const records = await lookIntoRecords({ url: databaseUrl });
  try {
    return { ...(await factsOf(records.db)), files: wholeFiles(join(dataDir, 'attachments')) };
  } finally {
    await records.close();
  }
};

const factsOf = async (db: Kysely<Tables>): Promise<Omit<CentreFacts, 'files'>> => {
  const columns = ['id', 'device', 'seq', 'form', 'outcome', 'operation'] as const;
  const operations = await db.selectFrom('operations').select(columns).execute();
  const changes = await db.selectFrom('changes').select(['cursor', 'form', 'operation']).orderBy('cursor').execute();
  const head = await db.selectFrom('change_cursor').select('cursor').executeTakeFirstOrThrow();
  const forms = await db.selectFrom('forms').select(['id', 'cursor', 'form']).execute();
  const verified = await verifyChain(db, undefined);
  return {
    operations: operations.map(({ operation, ...row }) => {
      const made = operationShape.parse(operation);
      return { ...row, attachment: made.kind === 'form.attach' ? made.payload.id : null };
    }),
    changes,
    head: head.cursor,
    forms: forms.map(({ id, cursor, form }) => ({
      id,
      cursor,
      hash: createHash('sha256').update(canonicalJson(form)).digest('hex'),
      history: form.history.map((entry) => entry.operation),
      noteTexts: form.notes.map(({ text }) => text),
    })),
    chainFault: verified.ok ? undefined : JSON.stringify(verified.error),
  };
};

/** Of every file under the store's folder, if it is what its name says. */
const wholeFiles = (folder: string): ReadonlySet<string> => {
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Set(
    files.flatMap((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      const name = basename(entry.name);
      return createHash('sha256').update(bytes).digest('hex') === name ? [name] : [];
    }),
  );
};
