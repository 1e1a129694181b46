import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from './flushed-file.ts';
import { tries } from './tries.ts';
import { wrappedKey } from './wrap-key.ts';

/** What stands beside the cache: how its key is locked, never the key. */
const vaultFile = z.strictObject({
  version: z.literal(1),
  vault: z.uuid(),
  wrapped: wrappedKey,
  /** The centre has once taken the password: until then nothing can be in the cache. */
  proved: z.boolean(),
  /** The centre keeps a copy of the key. */
  deposited: z.boolean(),
  tries,
});
export type VaultFile = z.infer<typeof vaultFile>;

const pathIn = (folder: string): string => join(folder, 'vault.json');

/** `broken`: there is one, and it cannot be read as one. */
export const readVaultFile = (folder: string): VaultFile | 'absent' | 'broken' => {
  let text: string;
  try {
    text = readFileSync(pathIn(folder), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'absent';
    throw error;
  }
  try {
    return vaultFile.safeParse(JSON.parse(text)).data ?? 'broken';
  } catch {
    return 'broken';
  }
};

export const writeVaultFile = (folder: string, file: VaultFile): void =>
  replaceFile(pathIn(folder), Buffer.from(`${JSON.stringify(file, null, 2)}\n`));
