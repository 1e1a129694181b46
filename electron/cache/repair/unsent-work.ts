import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../vault/flushed-file.ts';
import { deriveKey, seal, unseal } from '../../vault/seal.ts';

/** A row of an outbox that the centre may not have; what it holds is read only when it is taken in. */
export const unsentRow = z.object({
  seq: z.int(),
  id: z.string(),
  form_number: z.string(),
  state: z.enum(['pending', 'rejected']),
  refusal: z.string().nullable(),
  operation: z.string(),
});
export type UnsentRow = z.output<typeof unsentRow>;

const unsentWork = z.object({ version: z.literal(1), rows: z.array(unsentRow) });

const context = 'unsent work';
const keyOf = (dataKey: Uint8Array): Uint8Array => deriveKey(dataKey, context);

/** Rows in a file of their own, encrypted with the vault's key, on the disk when this returns. */
export const writeUnsentWork = (path: string, rows: readonly UnsentRow[], dataKey: Uint8Array): void => {
  const text = JSON.stringify({ version: 1, rows: [...rows] } satisfies z.input<typeof unsentWork>);
  replaceFile(path, seal(keyOf(dataKey), Buffer.from(text), context));
};

/** Undefined for what is not there, and for what this key does not open. */
export const readUnsentWork = (path: string, dataKey: Uint8Array): readonly UnsentRow[] | undefined => {
  let sealed: Buffer;
  try {
    sealed = readFileSync(path);
  } catch {
    return undefined;
  }
  const text = unseal(keyOf(dataKey), sealed, context);
  return text && unsentWork.safeParse(JSON.parse(text.toString())).data?.rows;
};

/** Files of unsent work that wait in a person's folder to be taken in. */
export const unsentFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^unsent-.*\.zuoxi$/.test(name))
    .sort()
    .map((name) => join(folder, name));

/** What was unsent some time ago, in case the cache is damaged where nothing can be read of it. */
export const sparePath = (folder: string): string => join(folder, 'spare.zuoxi');

export const forgetFile = (path: string): void => rmSync(path, { force: true });
