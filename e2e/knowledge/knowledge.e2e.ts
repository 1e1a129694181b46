import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { keepScreens, sizeWindow } from '../desk/screens.ts';
import { dataOf, linkState, pendingCount, signIn, waitForEmptyOutbox } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { type Line, layLine } from '../stage/line.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { approveAsSenior } from './approve-as-senior.ts';

/** An article's life between three people at their desks (D1), and the end of a hard case (S2). */
let folder: string;
let centre: Centre;
let line: Line;
let admin: Desk;
let agent: Desk | undefined;

const title = '光猫 PON 灯长闪的远程处理';

const launch = async (staffNumber: string): Promise<Desk> => {
  const desk = await launchDesk({ serverUrl: line.url, userDataDir: join(folder, staffNumber) });
  await signIn(desk, staffNumber, `zuoxi-${staffNumber}`);
  await sizeWindow(desk, 1366, 768);
  await waitUntil(`${staffNumber} is online`, async () => (await linkState(desk)) === 'online');
  return desk;
};
const press = async ({ deskPage }: Desk, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await deskPage.keyboard.press(key);
};
const type = ({ deskPage }: Desk, text: string): Promise<void> => deskPage.keyboard.type(text);
const shown = (desk: Desk, testId: string, value: string): Promise<unknown> =>
  waitUntil(`${testId} says ${value}`, async () => (await dataOf(desk, testId)) === value);
/** Goes on with Tab until the focus is there, as somebody without a mouse would. */
const tabTo = async ({ deskPage }: Desk, testId: string): Promise<void> => {
  for (let step = 0; step < 60; step += 1) {
    if (await deskPage.getByTestId(testId).evaluate((found) => found.contains(document.activeElement))) return;
    await deskPage.keyboard.press('Tab');
  }
  throw new Error(`the focus never came to ${testId}`);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-knowledge-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  line = await layLine(centre.httpPort);
  admin = await launch('5001');
});

afterAll(async () => {
  await agent?.close();
  await admin?.close();
  await line?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('D1 the data admin writes, another reviews, the data admin publishes, by keys alone', async () => {
  await press(admin, 'Control+e');
  await shown(admin, 'articles-published', '12');
  await press(admin, 'Control+n');
  await type(admin, title);
  await tabTo(admin, 'article-body-zh');
  await type(admin, '先查认证日志，再远程重置光猫。');
  await press(admin, 'Control+s');
  await shown(admin, 'article-state', 'draft');
  await keepScreens(admin, 'articles-draft');
  await tabTo(admin, 'article-submit');
  await press(admin, 'Enter');
  await shown(admin, 'article-state', 'in-review');
  expect(await admin.deskPage.getByTestId('article-approve').isDisabled()).toBe(true);
  await keepScreens(admin, 'articles-in-review');

  await approveAsSenior(centre.url, title);

  await tabTo(admin, 'articles-approved');
  await press(admin, 'Enter');
  await shown(admin, 'articles-approved', '1');
  await tabTo(admin, 'article-row');
  await press(admin, 'Enter');
  await shown(admin, 'article-state', 'approved');
  await press(admin, 'ArrowRight');
  await tabTo(admin, 'article-publish');
  await press(admin, 'Enter');
  await admin.deskPage.getByTestId('article-valid-from').waitFor();
  await keepScreens(admin, 'articles-publish');
  await tabTo(admin, 'article-publish-do');
  await press(admin, 'Enter');
  await shown(admin, 'article-state', 'published');
});

test('D1 a junior finds it as he types, also offline, and what he thinks of it reaches the data admin once', async () => {
  agent = await launch('1001');
  const { deskPage } = agent;
  await press(agent, 'Control+n');
  await deskPage.getByTestId('form-number').waitFor();
  await press(agent, 'F1');
  await waitUntil('the articles have come', async () => agent && Number(await dataOf(agent, 'knowledge-hits')) === 13);
  await keepScreens(agent, 'knowledge-newest');
  await type(agent, 'pon');
  await shown(agent, 'knowledge-hits', '2');
  line.cut();
  await shown(agent, 'link-state', 'offline');
  await press(agent, 'F1', 'Delete');
  await type(agent, '长闪');
  await shown(agent, 'knowledge-hits', '1');
  await keepScreens(agent, 'knowledge-found');
  await press(agent, 'Enter');
  expect(await deskPage.getByTestId('article-title').textContent()).toBe(title);
  await press(agent, 'Control+u');
  await shown(agent, 'use-done', 'null');
  await tabTo(agent, 'use-not-helped');
  await press(agent, 'Enter');
  await shown(agent, 'use-done', 'false');
  await tabTo(agent, 'use-words');
  await type(agent, '没写旧型号光猫');
  await press(agent, 'Enter');
  await deskPage.getByTestId('use-said').waitFor();
  await keepScreens(agent, 'knowledge-used');
  expect(await pendingCount(agent)).toBeGreaterThanOrEqual(3);

  await admin.deskPage.getByTestId('article-new-version').click();
  await admin.deskPage.getByTestId('article-title-zh').fill(`${title}（断网时改的）`);
  await press(admin, 'Control+s');
  await shown(admin, 'article-failure', 'unreachable');
  await keepScreens(admin, 'articles-unreachable');
  line.restore();
  await waitForEmptyOutbox(agent);
  expect(await admin.deskPage.getByTestId('article-title-zh').inputValue()).toBe(`${title}（断网时改的）`);
  await press(admin, 'Control+s');
  await shown(admin, 'article-state', 'draft');
  await admin.deskPage.getByTestId('article-tab-versions').click();
  await admin.deskPage.getByTestId('article-version-2').click();
  await keepScreens(admin, 'articles-versions');
  await admin.deskPage.getByTestId('article-tab-feedback').click();
  expect(await dataOf(admin, 'article-uses')).toBe('1');
  expect(await admin.deskPage.getByTestId('article-feedback').textContent()).toContain('没写旧型号光猫');
  await keepScreens(admin, 'articles-feedback');
});

test('S2 a senior agent hands in the method for a hard case in one step, and it is a draft', async () => {
  await agent?.close();
  agent = await launch('8806');
  const { deskPage } = agent;
  // All forms, whatever a senior agent's day begins with.
  await press(agent, 'Control+k');
  await deskPage.getByTestId('form-row').first().click();
  await deskPage.getByTestId('form-number').waitFor();
  await press(agent, 'Control+h');
  await type(agent, '旧型号先升级固件，再重置。');
  await keepScreens(agent, 'hard-case');
  await press(agent, 'Control+Enter');
  await deskPage.getByTestId('hard-case-sent').waitFor();
  await waitForEmptyOutbox(agent);
  await press(admin, 'Control+e', 'Control+e');
  await tabTo(admin, 'articles-draft');
  await press(admin, 'Enter');
  await admin.deskPage
    .getByText(/疑难 \d{6}-/)
    .first()
    .waitFor();
  expect(await dataOf(admin, 'articles-draft')).toBe('2');
  await keepScreens(admin, 'articles-hard-case');
});
