import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cacheKeyPath } from '../../contract/http.ts';
import { startTestCentre, type TestCentre } from './app.fixture.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
});
afterAll(() => centre.stop());

const deposit = async (staffNumber: string, vault: string, key: Buffer, token?: string) => {
  const { tokens } = await centre.signIn(staffNumber);
  return centre.app.inject({
    method: 'PUT',
    url: cacheKeyPath(vault),
    headers: { authorization: `Bearer ${token ?? tokens.accessToken}` },
    payload: { key: key.toString('base64') },
  });
};
const recover = (staffNumber: string, password: string, vault: string) =>
  centre.app.inject({ method: 'POST', url: cacheKeyPath(vault), payload: { staffNumber, password } });

test('P2 a deposited key is given to the one whose it is, for their password, and to nobody else', async () => {
  const vault = randomUUID();
  const key = randomBytes(32);
  expect((await deposit('1001', vault, key)).statusCode).toBe(200);
  expect((await recover('1001', 'zuoxi-1001', vault)).json()).toEqual({ key: key.toString('base64') });
  expect((await recover('1001', 'guessed', vault)).json()).toMatchObject({ error: { code: 'wrong-password' } });
  // The right password of another is no way to it.
  expect((await recover('8806', 'zuoxi-8806', vault)).json()).toEqual({ key: null });
  expect((await recover('1001', 'zuoxi-1001', randomUUID())).json()).toEqual({ key: null });
  expect((await deposit('1001', vault, key, 'stranger')).statusCode).toBe(401);
});

test('P2 the key of a vault stays the one that was deposited first', async () => {
  const vault = randomUUID();
  const key = randomBytes(32);
  await deposit('1001', vault, key);
  expect((await deposit('1001', vault, randomBytes(32))).statusCode).toBe(200);
  expect((await recover('1001', 'zuoxi-1001', vault)).json()).toEqual({ key: key.toString('base64') });
});

test('P2 the records hold no key as it is, and the audit trail who had it deposited, recovered or refused', async () => {
  const vault = randomUUID();
  const key = randomBytes(32);
  await deposit('1001', vault, key);
  await recover('1001', 'zuoxi-1001', vault);
  await recover('1001', 'guessed', vault);
  const { db } = centre.records;
  const rows = await db.selectFrom('cache_keys').selectAll().where('vault', '=', vault).execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(key.toString('base64'));
  const audit = await db.selectFrom('audit').selectAll().where('action', 'like', 'cache-key-%').execute();
  const ofVault = audit.filter((entry) => JSON.stringify(entry).includes(vault));
  expect(ofVault.map(({ action }) => action).sort()).toEqual([
    'cache-key-deposited',
    'cache-key-recovered',
    'cache-key-refused',
  ]);
  expect(JSON.stringify(audit)).not.toContain(key.toString('base64'));
});

test('guessing at the key is held up as guessing at a sign-in is', async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) await recover('2001', 'guessed', randomUUID());
  expect((await recover('2001', 'zuoxi-2001', randomUUID())).json()).toMatchObject({
    error: { code: 'too-many-tries' },
  });
});
