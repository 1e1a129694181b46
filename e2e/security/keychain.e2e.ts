import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formAtDesk } from '../desk/ask-bridge.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { pendingCount, signIn } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { type Keyring, startKeyring } from './keyring.ts';

/** A desk whose OS user has a keyring, and the same profile where the keyring is another's. */
let folder: string;
let centre: Centre;
let desk: Desk | undefined;
const keyrings: Keyring[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zuoxi-keychain-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
});

afterAll(async () => {
  await desk?.close();
  for (const keyring of keyrings) await keyring.stop();
  await centre.stop();
  rmSync(folder, { recursive: true, force: true });
});

const launchWith = (keyring: Keyring): Promise<Desk> =>
  launchDesk({
    serverUrl: centre.url,
    userDataDir: join(folder, 'desk'),
    extraArgs: ['--password-store=gnome-libsecret'],
    env: keyring.env,
  });

test("P2 with a keyring the cache opens offline for this OS user's keyring and the agent's password together alone", async () => {
  const [own, another] = [await startKeyring(), await startKeyring()];
  keyrings.push(own, another);
  desk = await launchWith(own);
  await signIn(desk, '1001', 'zuoxi-1001');
  const vault = JSON.parse(readFileSync(join(folder, 'desk/people/1001/vault.json'), 'utf8'));
  expect(vault).toMatchObject({ wrapped: { keychain: 'system' }, proved: true });
  await desk.close();
  await centre.stop();

  desk = await launchWith(another);
  const refused = await desk.deskPage.evaluate(() =>
    window.desk.request('session.sign-in', { staffNumber: '1001', password: 'zuoxi-1001' }),
  );
  expect(refused).toEqual({ ok: false, error: { code: 'keychain-changed' } });
  await desk.close();

  desk = await launchWith(own);
  await signIn(desk, '1001', 'zuoxi-1001');
  await formAtDesk(desk);
  expect(await pendingCount(desk)).toBe(1);
});
