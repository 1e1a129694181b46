export const scanKinds = ['pdf', 'tiff', 'jpeg', 'png', 'gif', 'webp'] as const;
export type ScanKind = (typeof scanKinds)[number];

export const mediaTypeOf: Record<ScanKind, string> = {
  pdf: 'application/pdf',
  tiff: 'image/tiff',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
};

const signatures: readonly (readonly [ScanKind, string])[] = [
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
];

const isWebp = (start: string): boolean => start.startsWith('RIFF') && start.startsWith('WEBP', 8);

const pdfMark = '%PDF-';
/** ISO 32000-1, annex H: readers take a header anywhere in the first 1,024 bytes. */
const pdfMarkWithin = 1_024;

/** What a file is by its first bytes; its name and its claimed type count for nothing. */
export const scanKindOf = (bytes: Uint8Array): ScanKind | null => {
  const start = String.fromCharCode(...bytes.subarray(0, pdfMarkWithin));
  const known = signatures.find(([, signature]) => start.startsWith(signature));
  if (known) return known[0];
  if (isWebp(start)) return 'webp';
  return start.includes(pdfMark) ? 'pdf' : null;
};

/** Whether to offer a file for looking at, before its bytes are here. */
export const looksLikeScan = (file: { readonly name: string; readonly mediaType: string }): boolean =>
  Object.values(mediaTypeOf).includes(file.mediaType) || /\.(pdf|tiff?|jpe?g|png|gif|webp)$/i.test(file.name);
