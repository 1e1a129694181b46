/** What a file is by its first bytes, whatever its name or its sender says; `undefined`: none of these. */
export const sniffMediaType = (bytes: Uint8Array): string | undefined =>
  signatures.find(({ at, is }) => is.every((byte, index) => bytes[at + index] === byte))?.mediaType;

const signatures: readonly { readonly mediaType: string; readonly at: number; readonly is: readonly number[] }[] = [
  // %PDF-
  { mediaType: 'application/pdf', at: 0, is: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  // II*\0 and MM\0*
  { mediaType: 'image/tiff', at: 0, is: [0x49, 0x49, 0x2a, 0x00] },
  { mediaType: 'image/tiff', at: 0, is: [0x4d, 0x4d, 0x00, 0x2a] },
  { mediaType: 'image/jpeg', at: 0, is: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/png', at: 0, is: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/gif', at: 0, is: [0x47, 0x49, 0x46, 0x38] },
  { mediaType: 'application/zip', at: 0, is: [0x50, 0x4b, 0x03, 0x04] },
  { mediaType: 'application/zip', at: 0, is: [0x50, 0x4b, 0x05, 0x06] },
];

/** What a fax or a scanned letter may be. */
export const scanMediaTypes: readonly string[] = ['application/pdf', 'image/tiff', 'image/jpeg'];
