import { randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import type { Keychain } from './keychain.ts';
import { keyBytes, seal, unseal } from './seal.ts';

const usual = { cost: 2 ** 15, blockSize: 8, parallelization: 1 } as const;

/** A data key locked by a password, and around that by the system's keychain where there is a real one. */
export const wrappedKey = z.strictObject({
  keychain: z.enum(['system', 'none']),
  salt: z.base64(),
  /** scrypt's N, r, p as they were when this was made. */
  cost: z
    .int()
    .min(2)
    .max(2 ** 20),
  blockSize: z.int().positive().max(64),
  parallelization: z.int().positive().max(64),
  sealed: z.base64(),
});
export type WrappedKey = z.infer<typeof wrappedKey>;

export const wrapKey = async (
  key: Uint8Array,
  { password, vault, keychain }: { readonly password: string; readonly vault: string; readonly keychain: Keychain },
): Promise<WrappedKey> => {
  const salt = randomBytes(16);
  const inner = seal(await keyOfPassword(password, salt, usual), key, vault);
  const sealed = keychain.kind === 'system' ? keychain.encrypt(inner) : inner;
  return {
    keychain: keychain.kind,
    salt: salt.toString('base64'),
    ...usual,
    sealed: Buffer.from(sealed).toString('base64'),
  };
};

/** `wrong-keychain`: the password could not even be tried. */
export const unwrapKey = async (
  wrapped: WrappedKey,
  { password, vault, keychain }: { readonly password: string; readonly vault: string; readonly keychain: Keychain },
): Promise<Uint8Array | 'wrong-password' | 'wrong-keychain'> => {
  const sealed = Buffer.from(wrapped.sealed, 'base64');
  const inner =
    wrapped.keychain === 'none' ? sealed : keychain.kind === 'system' ? keychain.decrypt(sealed) : undefined;
  if (!inner) return 'wrong-keychain';
  const lock = await keyOfPassword(password, Buffer.from(wrapped.salt, 'base64'), wrapped);
  return unseal(lock, inner, vault) ?? 'wrong-password';
};

/** 32 bytes by scrypt; Unicode's ways to write one password come to one key. */
export const keyOfPassword = (
  password: string,
  salt: Buffer,
  { cost, blockSize, parallelization }: Pick<WrappedKey, 'cost' | 'blockSize' | 'parallelization'>,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
    scrypt(password.normalize('NFC'), salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
