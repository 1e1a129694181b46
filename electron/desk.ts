import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, session } from 'electron';
import { holdRequests } from './ipc/serving.ts';
import type { Services } from './serve-windows.ts';
import { readFirstLook } from './settings/first-look.ts';
import type { Provisioning } from './settings/provisioning.ts';
import { warn } from './system/log.ts';
import { serveApp } from './windows/app-protocol.ts';
import { type DeskWindow, openDeskWindow } from './windows/desk-window.ts';
import { limitRequests } from './windows/lock-down.ts';
import { limitPermissions } from './windows/permissions.ts';
import { openPhoneWindow } from './windows/phone-window.ts';

/**
 * Opens the desk window before anything that stands behind it is loaded: the log-in screen can be
 * typed in at once, and what it asks is held until main can answer. Then come the services, then the
 * phone window, each when the one before has the processor no more.
 */
export const startDesk = (provisioningFile: string | undefined): { readonly show: () => void } => {
  const userData = app.getPath('userData');
  closeToOthers(userData);
  const preload = join(import.meta.dirname, '../preload/preload.cjs');
  const checking = !app.isPackaged;
  const firstLook = readFirstLook(join(userData, 'settings.json'));
  let provisioning: Provisioning | undefined;
  let phone: BrowserWindow | undefined;
  let services: Services | undefined;

  limitMenu();
  limitPermissions(session.defaultSession);
  limitRequests(session.defaultSession, () => provisioning?.server);
  serveApp(session.defaultSession, {
    folder: join(import.meta.dirname, '../renderer'),
    server: () => provisioning?.server,
  });
  const desk: DeskWindow = openDeskWindow({
    preload,
    devTools: checking,
    boundsFile: join(userData, 'window.json'),
    firstLook,
    language: () => services?.language() ?? firstLook.language,
    callIsUp: () => services?.callIsUp() ?? false,
    warn,
  });

  const serve = async (): Promise<void> => {
    const [{ readProvisioning }, { serveWindows }] = await Promise.all([
      import('./settings/provisioning.ts'),
      import('./serve-windows.ts'),
    ]);
    const read = readProvisioning(provisioningFile);
    if (!read.ok) {
      warn(read.error);
      dialog.showErrorBox('座席 Zuoxi: provisioning', read.error);
      app.exit(1);
      return;
    }
    provisioning = read.value;
    services = serveWindows({
      provisioning,
      preload,
      userData,
      version: app.getVersion(),
      promptFolders: promptFolders(provisioning, userData),
      contentsOf: (name) => {
        const window = name === 'desk' ? desk.window : phone;
        return window && !window.isDestroyed() ? window.webContents : undefined;
      },
      checking,
      onRinging: desk.drawAttention,
    });
  };

  const openPhone = (): void => {
    if (desk.window.isDestroyed()) return;
    phone = openPhoneWindow({ preload, devTools: checking, onGone: () => services?.phoneIsGone(), warn });
  };

  const shown = new Promise<void>((resolve) => {
    desk.window.webContents.once('did-stop-loading', () => resolve());
  });
  const serving = shown.then(serve);
  holdRequests(serving);
  serving
    .then(() => setTimeout(openPhone, phoneAfterMs))
    .catch((error: unknown) => {
      warn(`the desk could not start: ${error instanceof Error ? error.stack : String(error)}`);
      app.exit(1);
    });

  desk.window.on('closed', () => {
    phone?.destroy();
    void (services?.signOut() ?? Promise.resolve()).finally(() => app.exit(0));
    setTimeout(() => app.exit(0), lastWordsMs);
  });

  return {
    show: () => {
      if (desk.window.isDestroyed()) return;
      if (desk.window.isMinimized()) desk.window.restore();
      desk.window.focus();
    },
  };
};

/** No other user of the machine looks into the profile; on Windows it lies where only its user may. */
const closeToOthers = (folder: string): void => {
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
};

/** The phone needs seconds of a processor to come up, and nobody before an agent has signed in. */
const phoneAfterMs = 500;

/** How long signing out may take when the window is closed. */
const lastWordsMs = 3_000;

/** The first folder that has a clip gives it: the installer's before ours. */
const promptFolders = (provisioning: Provisioning, userData: string): readonly string[] => [
  ...(provisioning.prompts === null ? [] : [provisioning.prompts]),
  join(userData, 'prompts'),
  '/etc/zuoxi/prompts',
  join(process.resourcesPath, 'prompts'),
  join(app.getAppPath(), 'build/prompts'),
];

/** No menu, so no key reloads a page; macOS keeps the one that copies and pastes. */
const limitMenu = (): void => {
  const roles = ['appMenu', 'editMenu', 'windowMenu'] as const;
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate(roles.map((role) => ({ role }))) : null,
  );
};
