import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { openDatabase } from '../cache/database.ts';
import { jsonOf } from '../cache/json-column.ts';
import { cachePath } from './cache-file.ts';
import { keyOfPassword } from './wrap-key.ts';

/** The proof of a password that caches kept within themselves before they were encrypted. */
const verifierRow = z.object({
  verifier: jsonOf(
    z.object({
      salt: z.base64(),
      hash: z.base64(),
      cost: z.int(),
      blockSize: z.int(),
      parallelization: z.int(),
    }),
  ).nullable(),
});

/** Whether this password last signed in online at a cache that is not encrypted yet. */
export const isPasswordOfPlainCache = async (folder: string, password: string): Promise<boolean> => {
  const database = openDatabase(cachePath(folder), 'plain');
  let kept: z.output<typeof verifierRow>['verifier'];
  try {
    kept = database.read((reads) => reads.first(verifierRow, 'SELECT verifier FROM meta'))?.verifier ?? null;
  } finally {
    database.close();
  }
  if (!kept) return false;
  const expected = Buffer.from(kept.hash, 'base64');
  const found = await keyOfPassword(password, Buffer.from(kept.salt, 'base64'), kept);
  return expected.length === found.length && timingSafeEqual(expected, found);
};
