import { ipcMain } from 'electron';

/**
 * Lets pages come up before what answers them is loaded: their bridge holds every request until
 * `serving` is kept. It tells nothing but that, so it may be asked by anybody.
 */
export const holdRequests = (serving: Promise<void>): void => {
  ipcMain.handle('serving', () => serving);
};
