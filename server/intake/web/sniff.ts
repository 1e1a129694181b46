/** What a file is, by its first bytes and never by its name; `undefined` for all that the page does not take. */
export const sniff = (bytes: Buffer): SniffedType | undefined => {
  const known = signatures.find(({ at, signature }) => bytes.subarray(at, at + signature.length).equals(signature));
  if (known) return known.type;
  const isWebp = bytes.subarray(0, 4).equals(ascii('RIFF')) && bytes.subarray(8, 12).equals(ascii('WEBP'));
  if (isWebp) return 'image/webp';
  return isPlainText(bytes) ? 'text/plain' : undefined;
};

export type SniffedType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'application/pdf' | 'text/plain';

/** Endings of each type; a name with another one gets the first: a desk opens a file by its ending. */
export const endingsOf: Record<SniffedType, readonly [string, ...string[]]> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/gif': ['.gif'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
  'text/plain': ['.txt'],
};

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

const signatures: readonly { readonly at: number; readonly signature: Buffer; readonly type: SniffedType }[] = [
  { at: 0, signature: ascii('\xff\xd8\xff'), type: 'image/jpeg' },
  { at: 0, signature: ascii('\x89PNG\r\n\x1a\n'), type: 'image/png' },
  { at: 0, signature: ascii('GIF87a'), type: 'image/gif' },
  { at: 0, signature: ascii('GIF89a'), type: 'image/gif' },
  { at: 0, signature: ascii('%PDF-'), type: 'application/pdf' },
];

/** UTF-8 with no controls, and nothing that a browser would take for a page. */
const isPlainText = (bytes: Buffer): boolean => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text !== '' && !/[^\P{Cc}\t\n\r\f]/u.test(text) && !/^\s*<(?:!doctype|html|svg|script|\?xml)/i.test(text);
  } catch {
    return false;
  }
};

/** A name to keep a file under: no path, no controls, the ending of what it is. */
export const fileName = (given: string, type: SniffedType): string => {
  const bare = (given.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cs}<>:"|?*\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  const endings = endingsOf[type];
  const ending = endings.find((one) => bare.toLowerCase().endsWith(one));
  const stem = ending === undefined ? bare : bare.slice(0, -ending.length);
  const own = ending === undefined ? endings[0] : bare.slice(-ending.length);
  return `${stem.replace(/^\.+/, '').slice(0, 200) || 'file'}${own}`;
};
