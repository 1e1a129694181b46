import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { screensFolder } from '../desk/screens.ts';

/** Keeps the whole page as it stands. */
export const keepScreen = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(screensFolder, `${name}.png`), fullPage: true });
};
