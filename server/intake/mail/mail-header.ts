import type { HeaderLines } from 'mailparser';
import type { MailProblem } from '../../../domain/forms/origin.ts';
import type { Header } from './automatic.ts';
import { decodeText } from './charset.ts';

/** The parser's raw lines by name, unfolded. */
export const headerOf = (lines: HeaderLines): Header => {
  const header = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const value = line.slice(line.indexOf(':') + 1).replace(/\r?\n[ \t]+/g, ' ');
    const known = header.get(key);
    if (known) known.push(value.trim());
    else header.set(key, [value.trim()]);
  }
  return header;
};

/**
 * The header of a mail that cannot be parsed as a whole, without what says how its body is made; at most
 * the first 64 KiB, in whole lines.
 */
export const headOf = (raw: Buffer): Buffer => {
  const start = raw.subarray(0, 64 * 1024).toString('latin1');
  const end = /\r?\n\r?\n/.exec(start)?.index ?? Math.max(0, start.lastIndexOf('\n'));
  const lines = start.slice(0, end).split(/\r?\n(?![ \t])/);
  return Buffer.from(`${lines.filter((line) => !/^content-/i.test(line)).join('\r\n')}\r\n\r\n`, 'latin1');
};

/** Text of a header as it was meant: mailers that never heard of RFC 2047 write it in their own charset. */
export const readHeaderText = (
  header: Header,
  name: string,
  decoded: string,
): { readonly text: string; readonly doubt?: MailProblem } => {
  const raw = header.get(name)?.[0] ?? '';
  if (!decoded.includes('\ufffd') || !/[\u0080-\u00ff]/.test(raw)) return { text: decoded };
  const { text, readAs, damaged } = decodeText('utf-8', Buffer.from(raw, 'latin1'));
  if (readAs === undefined && !damaged) return { text };
  return { text, doubt: { code: 'unknown-charset', detail: `${name} read as ${readAs ?? 'damaged text'}` } };
};
