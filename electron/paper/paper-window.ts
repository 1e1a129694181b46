import { BrowserWindow, type WebContents } from 'electron';
import type { Paper } from '../../contract/paper.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { pageUrls } from '../ipc/sender.ts';
import { safePreferences } from '../windows/lock-down.ts';

/** A4, laid out by a page of its own that nobody sees. */
export interface PaperWindow {
  /** Lays a paper out and does something with it; one after another. */
  readonly layOut: <Answer>(
    paper: Paper,
    use: (contents: WebContents) => Promise<Answer>,
  ) => Promise<Result<Answer, { readonly code: 'not-laid-out' }>>;
  readonly contents: () => WebContents | undefined;
  /** What the page is to lay out; null: it is asked for by nobody. */
  readonly paper: () => Paper | null;
  /** The page says that all stands where it belongs. */
  readonly ready: () => void;
}

/** A page that has not laid a form out by then will not. */
const layOutMs = 20_000;

export const createPaperWindow = (options: {
  readonly preload: string;
  readonly devTools: boolean;
  readonly warn: (message: string) => void;
}): PaperWindow => {
  let window: BrowserWindow | undefined;
  let current: Paper | null = null;
  let isReady = (): void => undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const layOutNow: PaperWindow['layOut'] = async (paper, use) => {
    const hidden = new BrowserWindow({
      width: 794,
      height: 1123,
      show: false,
      skipTaskbar: true,
      focusable: false,
      // On paper there is no dark theme.
      backgroundColor: '#ffffff',
      webPreferences: { ...safePreferences(options.preload, options.devTools), backgroundThrottling: false },
    });
    window = hidden;
    current = paper;
    try {
      const laidOut = new Promise<boolean>((resolve) => {
        isReady = () => resolve(true);
        hidden.webContents.once('render-process-gone', () => resolve(false));
        setTimeout(() => resolve(false), layOutMs);
      });
      await hidden.loadURL(pageUrls.paper);
      if (!(await laidOut)) {
        options.warn('a paper was not laid out');
        return refused({ code: 'not-laid-out' });
      }
      return ok(await use(hidden.webContents));
    } finally {
      window = undefined;
      current = null;
      isReady = () => undefined;
      hidden.destroy();
    }
  };

  return {
    layOut: (paper, use) => {
      const done = turn.then(() => layOutNow(paper, use));
      turn = done.catch(() => undefined);
      return done;
    },
    contents: () => (window && !window.isDestroyed() ? window.webContents : undefined),
    paper: () => current,
    ready: () => isReady(),
  };
};
