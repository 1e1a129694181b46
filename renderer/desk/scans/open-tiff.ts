import { drawPicture, type ScanPages } from './pages.ts';
import type { TiffAnswer, TiffRequest } from './tiff-messages.ts';

/** A page takes well under a second; a file made to keep us busy is given up. */
const answerMs = 20_000;

/** Opens a TIFF, which may have many pages, in a worker of its own. */
export const openTiff = async (bytes: Uint8Array): Promise<ScanPages> => {
  const worker = new Worker(new URL('./tiff-worker.ts', import.meta.url), { type: 'module' });
  let last: Promise<unknown> = Promise.resolve();

  const askNow = (request: TiffRequest): Promise<TiffAnswer> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), answerMs);
      worker.onerror = () => reject(new Error('the worker broke'));
      worker.onmessage = ({ data }: MessageEvent<TiffAnswer>) => {
        clearTimeout(timer);
        resolve(data);
      };
      worker.postMessage(request);
    });
  /** One at a time: an answer does not say to which question. */
  const ask = (request: TiffRequest): Promise<TiffAnswer> => {
    const answer = last.then(() => askNow(request));
    last = answer.catch(() => undefined);
    return answer;
  };

  const opened = await ask({ type: 'open', bytes: Uint8Array.from(bytes).buffer }).catch(() => null);
  if (opened?.type !== 'opened') {
    worker.terminate();
    throw new Error(opened?.type === 'failed' ? opened.reason : 'the worker broke');
  }
  return {
    count: opened.count,
    draw: async (page, size) => {
      const answer = await ask({ type: 'page', page });
      if (answer.type !== 'page') throw new Error(answer.type === 'failed' ? answer.reason : 'out of order');
      const canvas = drawPicture(answer.picture, size);
      answer.picture.close();
      return canvas;
    },
    close: () => worker.terminate(),
  };
};
