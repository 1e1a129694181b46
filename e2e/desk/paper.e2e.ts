import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbedded } from '../../server/records/open-records.ts';
import { verifyChain } from '../../server/records/verify-chain.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { type Desk, launchDesk } from './launch-desk.ts';
import { keepScreens } from './screens.ts';
import { dataOf, signIn, waitForEmptyOutbox } from './work-desk.ts';

/** Personal data on the screen and on paper, and what the centre knows of it. */
let folder: string;
let centre: Centre;
let desk: Desk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-paper-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  desk = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'desk') });
  await signIn(desk, '1001', 'zuoxi-1001');
});

afterAll(async () => {
  await desk?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const typed = {
  callerName: '王小明',
  contactNumber: '13800138000',
  account: 'hz12345678',
  idNumber: '11010519491231002X',
  text: '宽带每晚八点后掉线，已报修三次没有处理。',
};

/** The agent chooses this file in every dialog from now on. */
const chooseFile = (file: string): Promise<void> =>
  desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);

const paperDone = (): Promise<unknown> =>
  waitUntil('the paper is done', async () => (await dataOf(desk, 'paper-state')) === 'done', 30_000);

/**
 * Without the spaces that layout puts in, and with the radicals that Chromium writes for some signs of the same glyph
 * (⽤ for 用) made one with them again.
 */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '');

/** Text of a PDF, all pages joined. */
const textOf = async (file: string): Promise<string> => {
  const document = await getDocument({ data: new Uint8Array(await readFile(file)), useSystemFonts: true }).promise;
  const pages = Array.from({ length: document.numPages }, async (_, at) => {
    const { items } = await (await document.getPage(at + 1)).getTextContent();
    return items.map((item) => ('str' in item ? item.str : '')).join('');
  });
  return plain((await Promise.all(pages)).join(''));
};

const savePdf = async (name: string): Promise<string> => {
  const file = join(folder, name);
  await chooseFile(file);
  await desk.deskPage.keyboard.press('Control+T');
  await waitUntil('the PDF is there', async () => (await readFile(file).catch(() => undefined)) !== undefined, 30_000);
  await paperDone();
  return textOf(file);
};

test('who writes a form sees it plain, and has it in a PDF with its Chinese text', async () => {
  await desk.deskPage.keyboard.press('Control+N');
  await desk.deskPage.getByTestId('field-callerName').waitFor();
  for (const [name, value] of Object.entries(typed)) await desk.deskPage.getByTestId(`field-${name}`).fill(value);
  await desk.deskPage.getByTestId('field-complaintType').selectOption('product-quality');
  const text = await savePdf('own.pdf');
  const number = (await desk.deskPage.getByTestId('form-number').textContent()) ?? '';
  for (const said of ['投诉单', number, ...Object.values(typed), '产品质量', '登记', '1001'])
    expect(text).toContain(plain(said));
  expect(text).not.toContain('隐去');
});

test('once submitted it is masked on the screen and on paper, and one key shows it', async () => {
  await desk.deskPage.getByTestId('form-submit').click();
  await waitUntil('it is masked', async () => (await desk.deskPage.getByTestId('unmask-bar').count()) === 1);
  const field = (name: string): Promise<string> => desk.deskPage.getByTestId(`field-${name}`).inputValue();
  expect(await field('contactNumber')).toBe('138****8000');
  expect(await field('callerName')).toBe('王**');
  await waitForEmptyOutbox(desk);
  await keepScreens(desk, 'masked');
  const masked = await savePdf('masked.pdf');
  for (const said of ['138****8000', '王**', '1101**********002X', '隐去', typed.text])
    expect(masked).toContain(plain(said));
  expect(masked).not.toContain(typed.contactNumber);

  await desk.deskPage.getByTestId('unmask-reason').fill('回访前核对号码');
  await desk.deskPage.keyboard.press('F12');
  await waitUntil('it is shown', async () => (await field('contactNumber')) === typed.contactNumber);
  expect(await desk.deskPage.getByTestId('unmask-bar').count()).toBe(0);
  await keepScreens(desk, 'unmasked');
  expect(await savePdf('shown.pdf')).toContain(typed.idNumber);
  await waitForEmptyOutbox(desk);
});

test('printing hands the same sheet to the printer', async () => {
  const printed = await desk.app.evaluateHandle(({ app }) => {
    const urls: string[] = [];
    app.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) => {
        urls.push(contents.getURL());
        done?.(true, '');
      };
    });
    return urls;
  });
  await desk.deskPage.getByTestId('paper-print').click();
  await waitUntil('it is printed', async () => (await printed.jsonValue()).length === 1, 30_000);
  expect(await printed.jsonValue()).toEqual(['app://zuoxi/paper.html']);
  await paperDone();
});

test('a manager takes the list out as CSV, which the centre has noted; an agent cannot', async () => {
  expect(await desk.deskPage.getByTestId('form-export').count()).toBe(0);
  await desk.deskPage.evaluate(() => window.desk.request('session.sign-out', undefined));
  await signIn(desk, '8001', 'zuoxi-8001');
  // A manager's own desk is on the screen first.
  await desk.deskPage.keyboard.press('Control+K');
  await waitUntil('the form is here', async () => (await desk.deskPage.getByTestId('form-row').count()) > 0, 30_000);
  const file = join(folder, 'list.csv');
  await chooseFile(file);
  await desk.deskPage.keyboard.press('Control+O');
  await paperDone();
  await keepScreens(desk, 'export');
  const bytes = await readFile(file);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const rows: unknown = parse(bytes, { bom: true, columns: true });
  expect(rows).toEqual([expect.objectContaining({ 类别: '投诉单', 姓名: '王小明', 联系电话: '13800138000' })]);
});

test('the centre knows who was shown what and why, who exported, and its audit trail fits', async () => {
  await desk.close();
  await centre.stop();
  const records = await openEmbedded(join(centre.dataDir, 'records'));
  try {
    const { db } = records;
    const shown = await db
      .selectFrom('operations')
      .select(['made_by', 'operation'])
      .where('kind', '=', 'form.unmask')
      .execute();
    expect(shown).toEqual([
      {
        made_by: '1001',
        operation: expect.objectContaining({
          payload: { fields: ['callerName', 'contactNumber', 'account', 'idNumber'], reason: '回访前核对号码' },
        }),
      },
    ]);
    const exported = await db
      .selectFrom('audit')
      .select(['actor', 'details'])
      .where('action', '=', 'forms-exported')
      .execute();
    expect(exported).toEqual([{ actor: '8001', details: { count: 1, query: { search: '', status: null } } }]);
    expect(await verifyChain(db, undefined)).toMatchObject({ ok: true });
  } finally {
    await records.close();
  }
});
