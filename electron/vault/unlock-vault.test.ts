import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder } from '../cache/testing/cache-with-desk.ts';
import type { Keychain } from './keychain.ts';
import { ownKeychain } from './testing/own-keychain.ts';
import { type AskedKey, type UnlockParts, unlockVault } from './unlock-vault.ts';

const noKeychain = (): Keychain => ({ kind: 'none' });
const unreachable: AskedKey = { ok: false, error: { code: 'unreachable' } };
const wrong: AskedKey = { ok: false, error: { code: 'wrong-password' } };

/** A desk with one person's folder, and a centre that keeps keys and knows one password. */
const deskIn = (parent: string) => {
  const folder = join(parent, '1001');
  const kept = new Map<string, Uint8Array>();
  const desk = {
    folder,
    keychain: noKeychain(),
    at: 1_795_000_000_000,
    centre: 'right' as string | undefined,
    asked: 0,
    unlock: (password: string) => {
      const parts: UnlockParts = {
        folder,
        keychain: desk.keychain,
        now: () => desk.at,
        askKey: async (vault) => {
          desk.asked += 1;
          if (desk.centre === undefined) return unreachable;
          return desk.centre === password ? { ok: true, value: kept.get(vault) ?? null } : wrong;
        },
      };
      return unlockVault(parts, password);
    },
    /** As a sign-in that the centre takes. */
    open: async (password: string) => {
      const unlocked = await desk.unlock(password);
      if (!unlocked.ok) throw new Error(unlocked.error.code);
      unlocked.value.vault.prove();
      return unlocked.value.vault;
    },
    deposit: async (password: string) =>
      (await desk.open(password)).deposit(async (vault, key) => {
        kept.set(vault, key);
        return true;
      }),
  };
  return desk;
};

const refusal = (code: string) => ({ ok: false, error: { code } });

test('P2 the password opens the same key again with no network, and no other does', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    const { key } = await desk.open('right');
    desk.centre = undefined;
    expect((await desk.open('right')).key).toEqual(key);
    expect(desk.asked).toBe(0);
    expect(await desk.unlock('wrong')).toEqual(refusal('wrong-password'));
    const onDisk = readFileSync(join(desk.folder, 'vault.json'), 'latin1');
    for (const writing of ['hex', 'base64', 'latin1'] as const)
      expect(onDisk).not.toContain(Buffer.from(key).toString(writing));
  }));

test('P2 with a real keychain neither the password alone nor the keychain alone opens the key', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    const keychain = ownKeychain();
    desk.keychain = keychain;
    const { key, keyKeptBy } = await desk.open('right');
    expect(keyKeptBy()).toBe('keychain-and-password');
    desk.centre = undefined;
    for (const other of [noKeychain(), ownKeychain()]) {
      desk.keychain = other;
      expect(await desk.unlock('right')).toEqual(refusal('keychain-changed'));
    }
    desk.keychain = keychain;
    expect(await desk.unlock('wrong')).toEqual(refusal('wrong-password'));
    expect((await desk.open('right')).key).toEqual(key);
  }));

test('P2 a keychain that comes later is put around the key at the next sign-in', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    const first = await desk.open('right');
    expect(first.keyKeptBy()).toBe('password');
    desk.keychain = ownKeychain();
    expect((await desk.open('right')).keyKeptBy()).toBe('keychain-and-password');
    desk.centre = undefined;
    desk.keychain = noKeychain();
    expect((await desk.unlock('right')).ok).toBe(false);
  }));

test('wrong passwords offline cost a wait, doubling, also for the right one; a clock set back does not prolong it', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    await desk.open('right');
    desk.centre = undefined;
    const start = desk.at;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await desk.unlock('wrong')).toEqual(refusal('wrong-password'));
    }
    desk.at = start + 29_000;
    expect(await desk.unlock('right')).toEqual(refusal('too-many-tries'));
    desk.at = start + 31_000;
    expect(await desk.unlock('wrong')).toEqual(refusal('wrong-password'));
    desk.at = start + 31_000 + 59_000;
    expect(await desk.unlock('right')).toEqual(refusal('too-many-tries'));
    // Further back than any wait is long.
    desk.at = start - 2 * 3_600_000;
    expect((await desk.unlock('right')).ok).toBe(true);
    desk.at = start;
    expect(await desk.unlock('wrong'), 'the right one has begun the count anew').toEqual(refusal('wrong-password'));
    expect((await desk.unlock('right')).ok).toBe(true);
  }));

test('the right password opens while the desk waits, where the centre says that it is right', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    const { key } = await desk.open('right');
    desk.centre = undefined;
    for (let attempt = 0; attempt < 5; attempt += 1) await desk.unlock('wrong');
    desk.centre = 'right';
    expect((await desk.open('right')).key).toEqual(key);
  }));

test('P2 a password changed at the centre opens the key that was deposited there, and opens it offline from then on', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    const { key } = await desk.open('right');
    await desk.deposit('right');
    desk.centre = 'new';
    expect(await desk.unlock('guessed')).toEqual(refusal('wrong-password'));
    expect((await desk.open('new')).key).toEqual(key);
    desk.centre = undefined;
    expect((await desk.open('new')).key).toEqual(key);
    expect((await desk.unlock('right')).ok).toBe(false);
  }));

test('P2 a lost keychain loses nothing: the deposited key is fetched and locked anew', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    desk.keychain = ownKeychain();
    const { key } = await desk.open('right');
    await desk.deposit('right');
    desk.keychain = ownKeychain();
    expect((await desk.open('right')).key).toEqual(key);
    desk.centre = undefined;
    expect((await desk.open('right')).key).toEqual(key);
  }));

test('a key that nobody has any more: what it locks is put aside whole, never deleted, and the desk begins anew', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    const { key } = await desk.open('right');
    writeFileSync(join(desk.folder, 'cache.db'), 'sealed and unread');
    desk.centre = 'new';
    const unlocked = await desk.unlock('new');
    if (!unlocked.ok) throw new Error(unlocked.error.code);
    expect(unlocked.value.vault.key).not.toEqual(key);
    const { setAside } = unlocked.value;
    expect(basename(setAside ?? '')).toMatch(/^1001-locked-/);
    expect(dirname(setAside ?? '')).toBe(parent);
    expect(readFileSync(join(setAside ?? '', 'cache.db'), 'utf8')).toBe('sealed and unread');
    expect(existsSync(join(desk.folder, 'cache.db'))).toBe(false);
  }));

test('a broken key file puts the cache aside for the one who proves the password, and for nobody else', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    await desk.open('right');
    writeFileSync(join(desk.folder, 'cache.db'), 'sealed and unread');
    writeFileSync(join(desk.folder, 'vault.json'), '{"version":1');
    expect(await desk.unlock('wrong')).toEqual(refusal('wrong-password'));
    expect(existsSync(join(desk.folder, 'cache.db'))).toBe(true);
    const unlocked = await desk.unlock('right');
    expect(unlocked).toMatchObject({ ok: true, value: { setAside: expect.stringContaining('1001-locked-') } });
  }));

test('a password mistyped at the very first sign-in binds nobody', () =>
  inFolder(async (parent) => {
    const desk = deskIn(parent);
    // Killed before the centre could refuse it.
    expect((await desk.unlock('mistyped')).ok).toBe(true);
    expect((await desk.unlock('right')).ok).toBe(true);
  }));
