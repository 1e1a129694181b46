import { type BrowserWindow, dialog, type FileFilter } from 'electron';

/** The file an agent chose to save to; undefined: they changed their mind. */
export type AskWhereTo = (suggested: string, filter: FileFilter) => Promise<string | undefined>;

export const askWhereToIn =
  (window: () => BrowserWindow | undefined): AskWhereTo =>
  async (suggested, filter) => {
    const options = { defaultPath: suggested, filters: [filter] };
    const parent = window();
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    return canceled || filePath === '' ? undefined : filePath;
  };
