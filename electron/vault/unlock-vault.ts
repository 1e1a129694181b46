import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { v4 as uuidV4 } from 'uuid';
import { ok, type Result, refused } from '../../domain/result.ts';
import { cacheFileIn } from './cache-file.ts';
import type { Keychain } from './keychain.ts';
import { isPasswordOfPlainCache } from './plain-password.ts';
import { keyBytes } from './seal.ts';
import { countFailure, isLocked, noTries } from './tries.ts';
import { readVaultFile, type VaultFile, writeVaultFile } from './vault-file.ts';
import { unwrapKey, wrapKey } from './wrap-key.ts';

export type KeyKeeping = 'keychain-and-password' | 'password';

/** The open vault of one person on this desk: the key of what they have here. */
export interface Vault {
  /** 32 bytes, from which every key of the cache comes. */
  readonly key: Uint8Array;
  readonly keyKeptBy: () => KeyKeeping;
  /** The centre has once taken this person's password here: there may be work in the cache. */
  readonly isProved: () => boolean;
  /** The centre has taken the password with which this was opened. */
  readonly prove: () => void;
  /** Hands the key to the centre, where it is not kept there yet; a deposit that fails is tried at the next sign-in. */
  readonly deposit: (put: (vault: string, key: Uint8Array) => Promise<boolean>) => Promise<void>;
}

/** What the centre says of a password, and of the key it may keep; null: the password is right, no key is kept. */
export type AskedKey = Result<
  Uint8Array | null,
  { readonly code: 'wrong-password' | 'too-many-tries' | 'unreachable' | 'server-refused' }
>;

export interface UnlockParts {
  /** The person's own. */
  readonly folder: string;
  readonly keychain: Keychain;
  readonly now: () => number;
  readonly askKey: (vault: string) => Promise<AskedKey>;
}

export interface Unlocked {
  readonly vault: Vault;
  /** Where a cache went whose key nobody has any more, neither this desk nor the centre. */
  readonly setAside: string | undefined;
}

export interface UnlockFailure {
  readonly code:
    | 'wrong-password'
    | 'too-many-tries'
    | 'server-refused'
    | 'unreachable-and-unknown-here'
    /** The system's keychain is another than before, and only the centre could give the key. */
    | 'keychain-changed';
}

/**
 * Opens the vault with the password, and makes it at the first time. The password proves itself by opening
 * the key; where it does not (it was changed at the centre, the keychain was lost) the centre is asked for
 * the key that was deposited there, and locks it anew.
 */
export const unlockVault = async (parts: UnlockParts, password: string): Promise<Result<Unlocked, UnlockFailure>> => {
  const file = readVaultFile(parts.folder);
  if (typeof file === 'object') return unlockKnown(parts, file, password);
  switch (cacheFileIn(parts.folder)) {
    case 'absent':
      return ok({ vault: await makeVault(parts, { password, proved: false }), setAside: undefined });
    case 'plain':
      return encloseKnown(parts, password);
    case 'encrypted':
      return replaceLost(parts, password, await parts.askKey(uuidV4()));
  }
};

const unlockKnown = async (
  parts: UnlockParts,
  file: VaultFile,
  password: string,
): Promise<Result<Unlocked, UnlockFailure>> => {
  const { folder, keychain, now } = parts;
  const open = (): ReturnType<typeof unwrapKey> => unwrapKey(file.wrapped, { password, vault: file.vault, keychain });
  const opened = async (key: Uint8Array): Promise<Result<Unlocked, UnlockFailure>> => {
    const wrapped =
      file.wrapped.keychain === keychain.kind
        ? file.wrapped
        : await wrapKey(key, { password, vault: file.vault, keychain });
    return ok({ vault: openVault(folder, { ...file, wrapped, tries: noTries }, key), setAside: undefined });
  };

  const locked = isLocked(file.tries, now());
  const found = locked ? undefined : await open();
  if (found instanceof Uint8Array) return opened(found);
  if (!file.proved) {
    // Made with a password that the centre has never taken: nobody has worked with it.
    rmSync(folder, { recursive: true, force: true });
    return ok({ vault: await makeVault(parts, { password, proved: false }), setAside: undefined });
  }
  const counted = found === 'wrong-password' ? { ...file, tries: countFailure(file.tries, now()) } : file;
  if (counted !== file) writeVaultFile(folder, counted);

  const asked = await parts.askKey(file.vault);
  if (asked.ok && asked.value) {
    const wrapped = await wrapKey(asked.value, { password, vault: file.vault, keychain });
    const renewed = { ...file, wrapped, deposited: true, tries: noTries };
    return ok({ vault: openVault(folder, renewed, asked.value), setAside: undefined });
  }
  if (asked.ok && locked) {
    const proved = await open();
    if (proved instanceof Uint8Array) return opened(proved);
  }
  if (!asked.ok && asked.error.code === 'unreachable') {
    if (found === 'wrong-keychain') return refused({ code: 'keychain-changed' });
    return refused({ code: locked ? 'too-many-tries' : 'wrong-password' });
  }
  return replaceLost(parts, password, asked);
};

/** A cache from before there were vaults: its own proof of the password, or the centre, lets it be enclosed. */
const encloseKnown = async (parts: UnlockParts, password: string): Promise<Result<Unlocked, UnlockFailure>> => {
  const isRight = await isPasswordOfPlainCache(parts.folder, password);
  if (!isRight) {
    const asked = await parts.askKey(uuidV4());
    if (!asked.ok) return refused(failureOf(asked.error.code));
  }
  return ok({ vault: await makeVault(parts, { password, proved: true }), setAside: undefined });
};

/** Nobody has the key: what it locks is put aside, kept as it is, and the person begins with an empty cache. */
const replaceLost = async (
  parts: UnlockParts,
  password: string,
  asked: AskedKey,
): Promise<Result<Unlocked, UnlockFailure>> => {
  if (!asked.ok) return refused(failureOf(asked.error.code));
  const stamp = new Date(parts.now()).toISOString().replace(/[:.]/g, '-');
  const setAside = join(dirname(parts.folder), `${basename(parts.folder)}-locked-${stamp}`);
  renameSync(parts.folder, setAside);
  return ok({ vault: await makeVault(parts, { password, proved: false }), setAside });
};

const failureOf = (code: 'wrong-password' | 'too-many-tries' | 'unreachable' | 'server-refused'): UnlockFailure => ({
  code: code === 'unreachable' ? 'unreachable-and-unknown-here' : code,
});

const makeVault = async (
  { folder, keychain }: UnlockParts,
  { password, proved }: { readonly password: string; readonly proved: boolean },
): Promise<Vault> => {
  const key = randomBytes(keyBytes);
  const vault = uuidV4();
  const wrapped = await wrapKey(key, { password, vault, keychain });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return openVault(folder, { version: 1, vault, wrapped, proved, deposited: false, tries: noTries }, key);
};

/** Notes the file as it is to be, where it is not so already. */
const openVault = (folder: string, given: VaultFile, key: Uint8Array): Vault => {
  let file = given;
  const note = (changed: VaultFile): void => {
    file = changed;
    writeVaultFile(folder, changed);
  };
  const kept = readVaultFile(folder);
  if (JSON.stringify(kept) !== JSON.stringify(given)) note(given);
  return {
    key,
    keyKeptBy: () => (file.wrapped.keychain === 'system' ? 'keychain-and-password' : 'password'),
    isProved: () => file.proved,
    prove: () => {
      if (!file.proved) note({ ...file, proved: true });
    },
    deposit: async (put) => {
      if (file.deposited || !(await put(file.vault, key))) return;
      note({ ...file, deposited: true });
    },
  };
};
