import { decode, decodeImage, toRGBA8 } from 'utif2';
import type { TiffAnswer, TiffRequest } from './tiff-messages.ts';

/** A page of A3 at 600 dpi has 70 million pixels; more is a mistake or an attack on memory. */
const maxPixels = 100_000_000;

let file = new ArrayBuffer(0);
let pages: ReturnType<typeof decode> = [];

/** Image width and length (TIFF 6.0, tags 256 and 257), before anything is unpacked. */
const sizeOf = (page: (typeof pages)[number]): { readonly width: number; readonly height: number } => ({
  width: page.t256?.[0] ?? 0,
  height: page.t257?.[0] ?? 0,
});

const answer = async (request: TiffRequest): Promise<TiffAnswer> => {
  if (request.type === 'open') {
    file = request.bytes;
    pages = decode(file).filter((page) => sizeOf(page).width > 0 && sizeOf(page).height > 0);
    return pages.length > 0 ? { type: 'opened', count: pages.length } : { type: 'failed', reason: 'no page' };
  }
  const page = pages[request.page];
  if (!page) return { type: 'failed', reason: 'no such page' };
  const { width, height } = sizeOf(page);
  if (width * height > maxPixels) return { type: 'failed', reason: 'too many pixels' };
  decodeImage(file, page);
  const pixels = new Uint8ClampedArray(toRGBA8(page));
  if (page.width < 1 || pixels.length !== 4 * page.width * page.height) return { type: 'failed', reason: 'unreadable' };
  return { type: 'page', picture: await createImageBitmap(new ImageData(pixels, page.width, page.height)) };
};

self.addEventListener('message', async ({ data }: MessageEvent<TiffRequest>) => {
  try {
    self.postMessage(await answer(data));
  } catch (error) {
    self.postMessage({ type: 'failed', reason: String(error) } satisfies TiffAnswer);
  }
});
