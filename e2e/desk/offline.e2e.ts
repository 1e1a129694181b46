import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, startCentre } from '../stage/centre.ts';
import { readRecords } from '../stage/read-records.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { formAtDesk, noteAtDesk } from './ask-bridge.ts';
import { type Desk, launchDesk } from './launch-desk.ts';
import { linkState, pendingCount, signIn, waitForEmptyOutbox } from './work-desk.ts';

/** An agent whose line is down from log-in on. */
let folder: string;
let centre: Centre;
let desk: Desk | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-offline-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
});

afterAll(async () => {
  await desk?.close();
  await centre.stop();
  await rm(folder, { recursive: true, force: true });
});

const launch = (): Promise<Desk> => launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'desk') });

test('P2 a desk that logged in once opens offline, takes a form, and delivers it when the centre is back', async () => {
  desk = await launch();
  await signIn(desk, '1001', 'zuoxi-1001');
  await waitUntil('the desk is online', async () => desk && (await linkState(desk)) === 'online');
  await desk.close();
  await centre.stop();

  desk = await launch();
  const wrong = await desk.deskPage.evaluate(() =>
    window.desk.request('session.sign-in', { staffNumber: '1001', password: 'zuoxi-1002' }),
  );
  expect(wrong).toEqual({ ok: false, error: { code: 'wrong-password' } });
  await signIn(desk, '1001', 'zuoxi-1001');
  expect(await linkState(desk)).toBe('offline');
  const form = await formAtDesk(desk);
  expect(await noteAtDesk(desk, form, '断网时写的')).toBe(true);
  expect(await pendingCount(desk)).toBe(2);
  await desk.kill();

  desk = await launch();
  await signIn(desk, '1001', 'zuoxi-1001');
  expect(await pendingCount(desk)).toBe(2);
  await centre.startAgain();
  await waitUntil('the desk is online again', async () => desk && (await linkState(desk)) === 'online', 60_000);
  await waitForEmptyOutbox(desk);
  await desk.close();
  await centre.stop();
  const { forms } = await readRecords(centre.dataDir);
  expect(forms.filter((one) => one.id === form)).toMatchObject([{ notes: [{ text: '断网时写的' }] }]);
});
