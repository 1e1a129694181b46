import { ok, type Result, refused } from '../../../domain/result.ts';
import { drawPicture, type ScanPages } from './pages.ts';
import { mediaTypeOf, type ScanKind, scanKindOf } from './scan-kind.ts';

export interface ScanFault {
  readonly code: 'not-a-scan' | 'broken' | 'locked';
}

/** Opens a file for looking at by what it is, not by what it is called. */
export const openScan = async (bytes: Uint8Array): Promise<Result<ScanPages, ScanFault>> => {
  const kind = scanKindOf(bytes);
  if (!kind) return refused({ code: 'not-a-scan' });
  try {
    return ok(await openers[kind](bytes));
  } catch (error) {
    return refused({ code: error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'broken' });
  }
};

const openPicture = async (bytes: Uint8Array, kind: Exclude<ScanKind, 'pdf' | 'tiff'>): Promise<ScanPages> => {
  const picture = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: mediaTypeOf[kind] }));
  return { count: 1, draw: async (_page, size) => drawPicture(picture, size), close: () => picture.close() };
};

/** The readers of PDF and TIFF are large, and loaded when the first one is opened. */
const openers: Record<ScanKind, (bytes: Uint8Array) => Promise<ScanPages>> = {
  pdf: async (bytes) => (await import('./open-pdf.ts')).openPdf(bytes),
  tiff: async (bytes) => (await import('./open-tiff.ts')).openTiff(bytes),
  jpeg: (bytes) => openPicture(bytes, 'jpeg'),
  png: (bytes) => openPicture(bytes, 'png'),
  gif: (bytes) => openPicture(bytes, 'gif'),
  webp: (bytes) => openPicture(bytes, 'webp'),
};
