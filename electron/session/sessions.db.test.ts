import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readForm } from '../cache/form-views.ts';
import { inFolder } from '../cache/testing/cache-with-desk.ts';
import { openForm } from '../cache/work-form.ts';
import { type FakeCentre, openFakeCentre } from '../sync/testing/fake-centre.ts';
import { ownKeychain } from '../vault/testing/own-keychain.ts';
import { createSessions, type Sessions } from './sessions.ts';

const desk = (folder: string, server: string, keychain = ownKeychain()): Sessions =>
  createSessions({
    folder,
    server,
    keychain: () => keychain,
    broadcast: () => undefined,
    now: Date.now,
    random: Math.random,
    warn: () => undefined,
    callsInHand: () => [],
  });

const credentials = (password: string) => ({ staffNumber: '1001', password });
const signedIn = { ok: true, value: { person: { staffNumber: '1001' } } };

/** Opens a form at the desk; its id. */
const writeForm = (sessions: Sessions): string => {
  const workplace = sessions.current();
  if (!workplace) throw new Error('nobody is signed in');
  const opened = workplace.cache.database.write((writes) =>
    openForm(writes, workplace.author(), { contactNumber: '13800001234' }),
  );
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value.id;
};

const hasForm = (sessions: Sessions, id: string): boolean =>
  sessions.current()?.cache.database.read((reads) => readForm(reads, id)) !== undefined;

const withCentre = (work: (folder: string, centre: FakeCentre) => Promise<void>) =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    try {
      await work(folder, centre);
    } finally {
      await centre.close().catch(() => undefined);
    }
  });

test('P2 a form written under the former password is there under the new one, and offline from then on', () =>
  withCentre(async (folder, centre) => {
    const sessions = desk(folder, centre.url);
    expect(await sessions.signIn(credentials('right'))).toMatchObject(signedIn);
    const form = writeForm(sessions);
    await sessions.signOut();
    expect(centre.cacheKeys.size).toBe(1);

    centre.password = 'changed';
    expect(await sessions.signIn(credentials('right'))).toEqual({ ok: false, error: { code: 'wrong-password' } });
    expect(await sessions.signIn(credentials('changed'))).toMatchObject(signedIn);
    expect(hasForm(sessions, form)).toBe(true);
    await sessions.signOut();
    await centre.close();
    expect(await sessions.signIn(credentials('changed'))).toMatchObject({ ok: true, value: { offline: true } });
    expect(hasForm(sessions, form)).toBe(true);
    await sessions.signOut();
    expect(await sessions.signIn(credentials('right'))).toEqual({ ok: false, error: { code: 'wrong-password' } });
  }));

test('P2 a cache in a profile copied to where the keychain is another opens for the password online alone', () =>
  withCentre(async (folder, centre) => {
    const sessions = desk(folder, centre.url);
    await sessions.signIn(credentials('right'));
    const form = writeForm(sessions);
    await sessions.signOut();
    const elsewhere = desk(folder, centre.url);
    expect(await elsewhere.signIn(credentials('right'))).toMatchObject(signedIn);
    expect(hasForm(elsewhere, form)).toBe(true);
    await elsewhere.signOut();
    await centre.close();
    const third = desk(folder, centre.url);
    expect(await third.signIn(credentials('right'))).toEqual({ ok: false, error: { code: 'keychain-changed' } });
  }));

test('a number or a password mistyped at the first sign-in leaves nothing behind', () =>
  withCentre(async (folder, centre) => {
    const sessions = desk(join(folder, 'people'), centre.url);
    expect(await sessions.signIn(credentials('mistyped'))).toEqual({ ok: false, error: { code: 'wrong-password' } });
    expect(readdirSync(join(folder, 'people'))).toEqual([]);
    expect(await sessions.signIn(credentials('right'))).toMatchObject(signedIn);
    expect(sessions.current()?.keyKeptBy()).toBe('keychain-and-password');
    await sessions.signOut();
  }));

test('P2 a damaged cache is repaired at the log-in, and its unsent work reaches the centre once, which the agent is told', () =>
  withCentre(async (folder, centre) => {
    const sessions = desk(folder, centre.url);
    await sessions.signIn(credentials('right'));
    await sessions.signOut();
    centre.nextFailures.push(...Array<'unavailable'>(200).fill('unavailable'));
    expect(await sessions.signIn(credentials('right'))).toMatchObject({ ok: true, value: { offline: true } });
    const form = writeForm(sessions);
    await sessions.signOut();
    const path = join(folder, '1001/cache.db');
    writeFileSync(path, readFileSync(path).fill(0xa5, 0, 100));

    expect(await sessions.signIn(credentials('right'))).toEqual({ ok: false, error: { code: 'needs-centre-once' } });
    centre.nextFailures.length = 0;
    const notice = { code: 'taken-in', taken: 1 };
    expect(await sessions.signIn(credentials('right'))).toMatchObject({ ok: true, value: { offline: false, notice } });
    expect(hasForm(sessions, form)).toBe(true);
    await expect.poll(() => centre.applied.length, { timeout: 10_000 }).toBe(1);
    expect(centre.forms.has(form)).toBe(true);
    await sessions.signOut();
  }));
