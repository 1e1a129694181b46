import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idleSyncStatus } from '../../contract/idle-sync-status.ts';
import type { SyncStatus } from '../../contract/ipc.ts';
import { diagnosticBundle } from '../../electron/diagnostics/bundle.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { type Line, layLine } from '../stage/line.ts';
import { readRecords } from '../stage/read-records.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { actAtCentre } from './act-at-centre.ts';
import { formAtDesk, noteAtDesk } from './ask-bridge.ts';
import { type Desk, launchDesk } from './launch-desk.ts';
import { keepScreens, sizeWindow } from './screens.ts';
import { dataOf, linkState, pendingCount, signIn, waitForEmptyOutbox } from './work-desk.ts';

/** An agent whose line is cut, whose colleague meanwhile writes on the same form, and who sets it right. */
let folder: string;
let centre: Centre;
let line: Line;
let desk: Desk;
const forms: string[] = [];

const written = { callerName: '王小明', text: '宽带每晚八点后掉线', contactNumber: '13800138000' };
const colleague = { staffNumber: '1002', password: 'zuoxi-1002' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-sync-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  line = await layLine(centre.httpPort);
  desk = await launchDesk({ serverUrl: line.url, userDataDir: join(folder, 'desk') });
  await sizeWindow(desk, 1366, 768);
  await signIn(desk, '1001', 'zuoxi-1001');
  await waitUntil('the desk is online', async () => (await linkState(desk)) === 'online');
});

afterAll(async () => {
  await desk?.close();
  await line?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const textOf = async (testId: string): Promise<string> => (await desk.deskPage.getByTestId(testId).textContent()) ?? '';
const countOf = (testId: string): Promise<number> => desk.deskPage.getByTestId(testId).count();

const editAtDesk = (form: string, from: object, to: object): Promise<boolean> =>
  desk.deskPage.evaluate(
    async (edit) => {
      const payload = { from: edit.from, to: edit.to };
      return (await window.desk.request('form.perform', { kind: 'form.edit', form: edit.form, payload })).ok;
    },
    { form, from, to },
  );

/** By the cache itself, which the screen follows. */
const pendingNow = (): Promise<number> =>
  desk.deskPage.evaluate(async () => (await window.desk.request('sync.read', undefined)).pending);

/** What the window would be told in a state that a test cannot well bring about; for the eye alone. */
const showStatus = (changes: Partial<SyncStatus>): Promise<void> =>
  desk.app.evaluate(
    ({ BrowserWindow }, status) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('desk.html'));
      window?.webContents.send('event:sync.changed', status);
    },
    { ...idleSyncStatus, link: 'online' as const, ...changes },
  );

test('P2 with the line cut the shell says so in words, and the sync page lists what waits by keys alone', async () => {
  for (let count = 0; count < 5; count += 1) forms.push(await formAtDesk(desk));
  const [first = ''] = forms;
  expect(
    await editAtDesk(
      first,
      { text: '', contactNumber: '' },
      { text: written.text, contactNumber: written.contactNumber },
    ),
  ).toBe(true);
  await waitUntil('the centre has it', async () => (await pendingNow()) === 0, 60_000);
  line.cut();
  await waitUntil('the desk is offline', async () => (await linkState(desk)) === 'offline', 60_000);
  expect(await textOf('link-state')).toBe('离线');
  expect(await editAtDesk(first, { callerName: '' }, { callerName: written.callerName })).toBe(true);
  for (const form of forms)
    for (let count = 0; count < 5; count += 1) await noteAtDesk(desk, form, `第 ${count + 1} 次回电，没有人接`);
  for (const form of forms.slice(0, 4)) await editAtDesk(form, { account: '' }, { account: 'hz12345678' });
  await waitUntil('all of it waits', async () => (await pendingCount(desk)) === 30, 60_000);
  // Not the one whose card is looked at later: that would stand beside its form too.
  await desk.deskPage.locator(`[data-testid=form-row][data-form="${forms[4]}"]`).click();
  await keepScreens(desk, 'sync-offline');

  await desk.deskPage.keyboard.press('F5');
  await desk.deskPage.getByTestId('pending-list').waitFor();
  expect(await countOf('pending-operation')).toBe(30);
  expect(await textOf('pending-total')).toBe('30 项，5 张单');
  expect(await textOf('pending-list')).toContain('等网络恢复');
  await keepScreens(desk, 'sync-page');
  await desk.deskPage.keyboard.press('Escape');
  await waitUntil('it is closed', async () => (await countOf('sync-page')) === 0);
});

test('P2 a refused edit shows both versions, what waits behind it, and is taken once offered again', async () => {
  const [first = ''] = forms;
  await actAtCentre(centre.url, colleague, {
    ...{ form: first, kind: 'form.edit' },
    payload: { from: { callerName: '' }, to: { callerName: '黄先生' } },
  });
  line.restore();
  await waitUntil('one is refused', async () => (await dataOf(desk, 'attention-count')) === '1', 60_000);
  await waitUntil('only what it holds waits', async () => (await pendingCount(desk)) === 6, 60_000);
  await desk.deskPage.keyboard.press('F5');
  await waitUntil('they say what for', async () => (await textOf('pending-list')).includes('等待处理被退回的那一项'));
  await keepScreens(desk, 'sync-held');
  await desk.deskPage.getByTestId('sync-attention').press('Enter');
  await desk.deskPage.getByTestId('attention-card').waitFor();
  const card = await textOf('attention-card');
  for (const said of ['用户姓名', '王小明', '黄先生', '之后还有 6 项在等它']) expect(card).toContain(said);
  await desk.deskPage.getByTestId('attention-behind').locator('summary').press('Enter');
  await keepScreens(desk, 'sync-attention');
  await desk.deskPage.getByTestId('attention-again').press('Enter');
  await waitUntil('nothing needs attention', async () => (await dataOf(desk, 'attention-count')) === '0');
  await waitForEmptyOutbox(desk);
  await desk.deskPage.keyboard.press('Escape');
});

test('P3 a diagnostic bundle is saved, tells of the cut, and nothing that was written', async () => {
  const file = join(folder, 'bundle.json.gz');
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await waitUntil('no drawer is open', async () => (await countOf('attention-card')) === 0);
  await desk.deskPage.getByTestId('sync-open').click();
  await desk.deskPage.getByTestId('diagnostics-save').click();
  await waitUntil('it is saved', async () => (await dataOf(desk, 'diagnostics-outcome')) === 'saved');
  const text = gunzipSync(await readFile(file)).toString('utf8');
  const { session, versions } = diagnosticBundle.parse(JSON.parse(text));
  expect(session?.history.some((event) => event.type === 'state' && event.link === 'offline')).toBe(true);
  expect(session?.outbox.groups).toContainEqual(
    expect.objectContaining({ kind: 'form.edit', state: 'dismissed', refusal: 'fields-changed-meanwhile', count: 1 }),
  );
  expect(versions.electron).not.toBe('');
  for (const said of [...Object.values(written), '黄先生', 'hz12345678', '没有人接', '李'])
    expect(text).not.toContain(said);
  await desk.deskPage.keyboard.press('Escape');
});

test('P2 fills and troubles are said in a line that fits', async () => {
  await showStatus({ link: 'catching-up', fill: { done: 12_300, total: 50_000, remainingMs: 40_000 } });
  await keepScreens(desk, 'sync-fill');
  await showStatus({ link: 'offline', pending: 12, attention: 3, trouble: 'disk-full' });
  await keepScreens(desk, 'sync-disk-full');
  await sizeWindow(desk, 1920, 1040);
  await keepScreens(desk, 'sync-disk-full-large');
  await sizeWindow(desk, 1366, 768);
  for (const testId of ['sync-open', 'attention-open', 'sync-trouble', 'sign-out']) {
    const box = await desk.deskPage.getByTestId(testId).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 1366, testId).toBe(true);
  }
});

test('P2 the centre has what was offered again, with what waited behind it, each once', async () => {
  await desk.close();
  await centre.stop();
  const { forms: kept } = await readRecords(centre.dataDir);
  const form = kept.find((one) => one.id === forms[0]);
  expect(form).toMatchObject({ fields: { callerName: written.callerName, account: 'hz12345678' } });
  expect(form?.notes).toHaveLength(5);
});
