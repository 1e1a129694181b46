import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { keepScreens, sizeWindow } from '../desk/screens.ts';
import { dataOf, signIn } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { waitUntil } from '../stage/wait-until.ts';

let folder: string;
let centre: Centre;
let junior: Desk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-knowledge-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
});

afterAll(async () => {
  await junior?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('D1 a junior finds an article as he types, with the keyboard alone', async () => {
  junior = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'junior') });
  await signIn(junior, '1001', 'zuoxi-1001');
  await sizeWindow(junior, 1366, 768);
  const { deskPage } = junior;
  await deskPage.keyboard.press('Control+n');
  await deskPage.getByTestId('field-text').fill('用户反映昨晚起上不了网，光猫红灯');
  await deskPage.keyboard.press('F1');
  await waitUntil('the articles have been pulled', async () => Number(await dataOf(junior, 'knowledge-hits')) > 5);
  await keepScreens(junior, 'knowledge-newest');
  await deskPage.keyboard.type('宽带');
  await keepScreens(junior, 'knowledge-found');
  await deskPage.keyboard.press('ArrowDown');
  await deskPage.keyboard.press('Enter');
  await deskPage.getByTestId('article').waitFor();
  await keepScreens(junior, 'knowledge-article');
  expect(1).toBe(1);
});
