import { BrowserWindow } from 'electron';
import { pageUrls } from '../ipc/sender.ts';
import { safePreferences } from './lock-down.ts';

/**
 * SIP and media, in a hidden window of their own that nothing reloads: not throttled, and free to
 * ring and to play the announcement before anybody has clicked in it.
 */
export const openPhoneWindow = (options: {
  readonly preload: string;
  readonly devTools: boolean;
  readonly onGone: () => void;
  readonly warn: (message: string) => void;
}): BrowserWindow => {
  const window = new BrowserWindow({
    width: 400,
    height: 300,
    show: false,
    skipTaskbar: true,
    focusable: false,
    webPreferences: {
      ...safePreferences(options.preload, options.devTools),
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    options.warn(`the phone page is gone: ${reason}`);
    options.onGone();
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  void window.loadURL(pageUrls.phone);
  return window;
};
