import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PasswordVerifier } from '../cache/meta.ts';

const usual = { cost: 2 ** 15, blockSize: 8, parallelization: 1 } as const;
const hashBytes = 32;

/** What this desk keeps to know the password again with no network. */
export const makeVerifier = async (password: string): Promise<PasswordVerifier> => {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, usual);
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), ...usual };
};

export const isPasswordOf = async (verifier: PasswordVerifier, password: string): Promise<boolean> => {
  const kept = Buffer.from(verifier.hash, 'base64');
  const found = await derive(password, Buffer.from(verifier.salt, 'base64'), verifier);
  return kept.length === found.length && timingSafeEqual(kept, found);
};

const derive = (
  password: string,
  salt: Buffer,
  { cost, blockSize, parallelization }: Omit<PasswordVerifier, 'salt' | 'hash'>,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
    scrypt(password.normalize('NFC'), salt, hashBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
