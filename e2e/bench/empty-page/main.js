/** The least an Electron can do: one window, sandboxed as ours is, with an empty page. */
import { app, BrowserWindow } from 'electron';

void app.whenReady().then(() => new BrowserWindow({ webPreferences: { sandbox: true } }).loadURL('about:blank'));
