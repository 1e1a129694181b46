import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { showIn } from './ask-bridge.ts';
import type { Desk } from './launch-desk.ts';

/** `ZUOXI_SCREENS=docs/screens` keeps the screens for the documents; else they are only there to be looked at. */
export const screensFolder = resolve(process.env['ZUOXI_SCREENS'] ?? join(import.meta.dirname, '../../out/screens'));

/** Keeps the screen as it stands, in both languages; the desk is in Chinese after. */
export const keepScreens = async (desk: Desk, name: string): Promise<void> => {
  await mkdir(screensFolder, { recursive: true });
  // Where no tooltip is.
  await desk.deskPage.mouse.move(5, 5);
  for (const language of ['en', 'zh'] as const) {
    await showIn(desk, language);
    await desk.deskPage.screenshot({ path: join(screensFolder, `${name}-${language}.png`) });
  }
};

/** The window's inside as large as a smaller screen, in CSS pixels. */
export const sizeWindow = async (desk: Desk, width: number, height: number): Promise<void> => {
  await desk.app.evaluate(
    ({ BrowserWindow }, size) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('desk.html'));
      window?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await desk.deskPage.waitForFunction((wanted) => Math.abs(window.innerWidth - wanted) < 4, width);
};
