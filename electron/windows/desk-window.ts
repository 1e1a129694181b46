import { BrowserWindow, dialog, Notification, screen } from 'electron';
import type { CallView } from '../../contract/phone.ts';
import { pageUrls } from '../ipc/sender.ts';
import type { FirstLook } from '../settings/first-look.ts';
import { readFields, writeJsonFile } from '../settings/json-file.ts';
import { boundsIn, placeOf, smallest } from './bounds.ts';
import { safePreferences } from './lock-down.ts';

const words = {
  zh: { quitAsk: '正在通话。退出会挂断电话。', quit: '退出', stay: '继续通话', ringing: '来电' },
  en: { quitAsk: 'A call is up. Quitting hangs it up.', quit: 'Quit', stay: 'Stay', ringing: 'Incoming call' },
} as const;

export interface DeskWindow {
  readonly window: BrowserWindow;
  /** Says that a call rings without taking the keyboard from whatever the agent is typing in. */
  readonly drawAttention: (call: CallView) => void;
}

/** The one visible window. Closing it ends the desk; while a call is up it asks first. */
export const openDeskWindow = (options: {
  readonly preload: string;
  readonly devTools: boolean;
  readonly boundsFile: string;
  readonly firstLook: FirstLook;
  readonly language: () => FirstLook['language'];
  readonly callIsUp: () => boolean;
  readonly warn: (message: string) => void;
}): DeskWindow => {
  const kept = boundsIn(readFields(options.boundsFile));
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...placeOf(
      kept,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Zuoxi 座席',
    show: false,
    backgroundColor: '#f5f5f5',
    webPreferences: safePreferences(options.preload, options.devTools),
  });
  if (kept?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('focus', () => window.flashFrame(false));
  window.on('close', (event) => {
    writeJsonFile(options.boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    if (!options.callIsUp()) return;
    const { quitAsk, quit, stay } = words[options.language()];
    const answer = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: quitAsk,
      buttons: [stay, quit],
      defaultId: 0,
      cancelId: 0,
    });
    if (answer === 0) event.preventDefault();
  });
  // Calls live in the phone window: a desk page that crashed comes back to them.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    options.warn(`the desk page is gone: ${reason}`);
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  const { language, theme } = options.firstLook;
  void window.loadURL(`${pageUrls.desk}#${language}-${theme}`);

  return {
    window,
    drawAttention: (call) => {
      if (window.isDestroyed() || window.isFocused()) return;
      window.flashFrame(true);
      if (!Notification.isSupported()) return;
      const body = [call.remote, call.service].filter(Boolean).join(' · ');
      const notification = new Notification({ title: words[options.language()].ringing, body, silent: true });
      notification.on('click', () => {
        if (window.isMinimized()) window.restore();
        window.focus();
      });
      notification.show();
    },
  };
};
