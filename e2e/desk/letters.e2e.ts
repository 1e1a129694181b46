import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, startCentre } from '../stage/centre.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { type Desk, launchDesk } from './launch-desk.ts';
import { makePdf, makeTiff } from './make-scans.ts';
import { keepScreens } from './screens.ts';
import { dataOf, signIn, waitForEmptyOutbox } from './work-desk.ts';

/** A text clerk with the day's post. */
let folder: string;
let centre: Centre;
let desk: Desk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-letters-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  desk = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'desk') });
  await signIn(desk, '2001', 'zuoxi-2001');
});

afterAll(async () => {
  await desk?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Dropped {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Lets files go over the element, as the window system does. */
const drop = async (testId: string, files: readonly Dropped[]): Promise<void> => {
  const transfer = await desk.deskPage.evaluateHandle(
    (dropped) => {
      const data = new DataTransfer();
      for (const { name, bytes } of dropped) {
        const decoded = Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0));
        data.items.add(new File([decoded], name));
      }
      return data;
    },
    files.map(({ name, bytes }) => ({ name, bytes: bytes.toString('base64') })),
  );
  const target = desk.deskPage.getByTestId(testId);
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
};

const pageShown = (): Promise<string | null> => dataOf(desk, 'scan-page');

/** Grey of the middle of the page on the screen. */
const greyShown = (): Promise<number> =>
  desk.deskPage.locator('.scan-page canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
    const pixel = canvas.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
    return pixel?.[0] ?? -1;
  });

test('A1 A4 a letter is opened, its scans are dropped on it and read beside the form, page by page, by keys', async () => {
  await desk.deskPage.getByTestId('new-paper').click();
  await desk.deskPage.getByTestId('new-letter').click();
  await desk.deskPage.getByTestId('source').waitFor();
  await desk.deskPage.getByTestId('field-forwardedBy').fill('城东电信分局');

  await drop('source', [{ name: 'letter.pdf', bytes: makePdf(['Letter page one', 'Letter page two']) }]);
  await waitUntil('the first page is drawn', async () => (await pageShown()) === '1 drawn', 20_000);
  await desk.deskPage.getByTestId('field-text').focus();
  await desk.deskPage.keyboard.press('Control+PageDown');
  await waitUntil('the second page is drawn', async () => (await pageShown()) === '2 drawn');
  await keepScreens(desk, 'letter');

  await drop('source', [{ name: 'enclosure.tif', bytes: makeTiff([200, 120, 60]) }]);
  await waitUntil('the TIFF is drawn', async () => (await pageShown()) === '1 drawn' && (await greyShown()) === 200);
  for (const [page, grey] of [120, 60].entries()) {
    await desk.deskPage.keyboard.press('Control+PageDown');
    await waitUntil('the next page is drawn', async () => (await pageShown()) === `${page + 2} drawn`);
    expect(await greyShown()).toBe(grey);
  }
  await waitForEmptyOutbox(desk);
});

test('A4 a broken scan and a file that is no scan are said to be so, and are kept', async () => {
  const broken = makePdf(['lost']).subarray(0, 40);
  await drop('source', [{ name: 'broken.pdf', bytes: broken }]);
  await waitUntil('the damage is told', async () => (await dataOf(desk, 'scan-failed')) === 'broken', 20_000);
  await drop('source', [{ name: 'virus.png', bytes: Buffer.from('MZ this is a program') }]);
  await waitUntil('it is told to be no scan', async () => (await dataOf(desk, 'scan-failed')) === 'not-a-scan');
  await desk.deskPage.getByTestId('tab-attachments').click();
  expect(await desk.deskPage.getByTestId('form-attachments').locator('li').count()).toBe(4);
});
