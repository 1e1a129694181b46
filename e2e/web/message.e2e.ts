import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Centre, startCentre } from '../stage/centre.ts';
import { type Line, layLine } from '../stage/line.ts';
import { readRecords } from '../stage/read-records.ts';
import { launchBrowser, watchFaults, watchStrangers } from './launch-browser.ts';
import { keepScreen } from './screens.ts';

const widths = { desktop: { width: 1_280, height: 900 }, phone: { width: 390, height: 844 } } as const;
const narrowest = { width: 320, height: 640 };

let folder: string;
let centre: Centre;
let line: Line;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-web-message-'));
  centre = await startCentre({ dataDir: join(folder, 'centre'), environment: { ZUOXI_PUBLIC_PAGE: '1' } });
  line = await layLine(centre.httpPort);
  browser = await launchBrowser({});
});
afterAll(async () => {
  await browser?.close();
  await line?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const openPage = async (path = '', size: { width: number; height: number } = widths.desktop) => {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN' });
  const page = await context.newPage();
  const faults = watchFaults(page);
  const strangers = watchStrangers(page, line.url);
  await page.goto(`${line.url}/service/${path}`);
  return { page, faults, strangers, close: () => context.close() };
};

const write = async (page: Page): Promise<void> => {
  await page.getByTestId('text').fill('宽带周二晚上断线，一直没有人回电。');
  await page.getByTestId('name').fill('王小明');
  await page.getByTestId('contact').fill('138 0013 8000');
};

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(64)]);

describe('A1 web message in a real Chromium', () => {
  test('A1 what was typed survives a cut line and a reload, and becomes one form with a number to quote', async () => {
    const { page, faults, strangers, close } = await openPage();
    await write(page);
    line.cut();
    await page.getByTestId('send').click();
    await page.getByTestId('message-problem').filter({ hasText: '没有发送成功' }).waitFor();
    expect(await page.getByTestId('text').inputValue()).toContain('宽带周二晚上断线');

    line.restore();
    await page.reload();
    expect(await page.getByTestId('text').inputValue()).toContain('宽带周二晚上断线');
    expect(await page.getByTestId('contact').inputValue()).toBe('138 0013 8000');
    await page.getByTestId('files').setInputFiles({ name: '光猫.png', mimeType: 'image/png', buffer: png });
    await page.getByTestId('file-list').getByText('光猫.png').waitFor();
    await page.getByTestId('send').click();
    const number = page.getByTestId('form-number');
    await number.waitFor();
    expect(await number.textContent()).toMatch(/^\d{6}-0000-\d{3}-\d$/);
    await keepScreen(page, 'page-sent-zh');

    await page.getByTestId('status-link').click();
    await page.getByTestId('status-progress').filter({ hasText: '已收到' }).waitFor();
    expect(await page.getByTestId('status-number').textContent()).toBe(await number.textContent());
    expect(page.url()).toMatch(/#status=/);
    await keepScreen(page, 'page-status-zh');
    await page.goto(`${line.url}/service/`);
    expect(await page.getByTestId('text').inputValue()).toBe('');
    expect({ faults, strangers }).toEqual({ faults: [], strangers: [] });
    await close();
  });

  test('A1 with the keyboard alone: what is wrong is said in the language of the page and takes the focus', async () => {
    const { page, faults, close } = await openPage('?lang=en');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByTestId('text').focus();
    await page.keyboard.type('The line drops every night.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    // The two ways of contact are one stop; the arrow chooses.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wang@example');
    await page.keyboard.press('Enter');
    await page.getByTestId('message-problem').filter({ hasText: 'look again at 1' }).waitFor();
    const focused = await page.evaluate(() => ({
      id: document.activeElement?.id,
      says: document.getElementById(document.activeElement?.getAttribute('aria-describedby') ?? '')?.textContent,
    }));
    expect(focused).toEqual({ id: 'contact', says: expect.stringContaining('whole e-mail address') });
    await page.keyboard.press('End');
    await page.keyboard.type('.cn');
    await page.keyboard.press('Enter');
    await page.getByTestId('form-number').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('sent-heading');
    expect(faults).toEqual([]);
    await close();
  });

  test('A1 nothing is cut off or scrolls sideways on the narrowest phone', async () => {
    for (const path of ['', '#call', '?lang=en', '?lang=en#call']) {
      const { page, close } = await openPage(path, narrowest);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrowest.width);
      await close();
    }
  });

  test.each(['zh', 'en'] as const)('A1 the page in %s, on a desktop and on a phone', async (language) => {
    for (const [name, size] of Object.entries(widths)) {
      const { page, faults, close } = await openPage(`?lang=${language}`, size);
      await keepScreen(page, `page-message-${name}-${language}`);
      await page.getByTestId('send').click();
      await page.getByTestId('message-problem').filter({ hasText: /\S/ }).waitFor();
      expect(await page.locator('[aria-invalid="true"]').count()).toBe(2);
      await keepScreen(page, `page-problems-${name}-${language}`);
      // What is said changes with the language of the page, too.
      const before = await page.getByTestId('message-problem').textContent();
      await page.locator(`button[data-language="${language === 'zh' ? 'en' : 'zh'}"]`).click();
      expect(await page.getByTestId('message-problem').textContent()).not.toBe(before);
      expect(faults).toEqual([]);
      await close();
    }
  });

  test('A1 A4 the forms are at the centre, each once', async () => {
    await centre.stop();
    const { forms } = await readRecords(centre.dataDir);
    const left = forms.filter(({ origin }) => origin.via === 'web-message');
    expect(left.map(({ fields }) => fields.text).sort()).toEqual([
      'The line drops every night.',
      '宽带周二晚上断线，一直没有人回电。',
    ]);
    const [form] = left.filter(({ fields }) => fields.contactNumber === '13800138000');
    expect(form).toMatchObject({
      kind: 'complaint',
      fields: { callerName: '王小明', channel: 'web-message' },
      attachments: [{ name: '光猫.png', mediaType: 'image/png', size: 72 }],
      work: { state: 'waiting', inbox: 'text' },
    });
  });
});
