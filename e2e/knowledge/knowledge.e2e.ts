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

test('look at the editor', async () => {
  const admin = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'admin') });
  await signIn(admin, '5001', 'zuoxi-5001');
  await sizeWindow(admin, 1366, 768);
  const { deskPage } = admin;
  await deskPage.keyboard.press('Control+e');
  await deskPage.getByTestId('articles-published').click();
  await deskPage.getByTestId('article-row').first().waitFor();
  await deskPage.getByTestId('article-row').first().click();
  await deskPage.getByTestId('article-state').waitFor();
  await keepScreens(admin, 'articles-published');
  await deskPage.getByTestId('article-new-version').click();
  await deskPage.getByTestId('article-body-zh').fill('对象：在网满 2 年的用户。\n内容：免费升级 1000M，体验期 6 个月，到期前短信确认。');
  await deskPage.getByTestId('article-save').click();
  await deskPage.getByTestId('article-submit').click();
  await deskPage.getByTestId('article-approve').waitFor();
  await deskPage.getByTestId('article-tab-versions').click();
  await deskPage.getByTestId('article-version-2').click();
  await keepScreens(admin, 'articles-versions');
  await deskPage.keyboard.press('Control+n');
  await deskPage.getByTestId('article-title-zh').fill('新条目');
  await keepScreens(admin, 'articles-new');
  await admin.close();
});
