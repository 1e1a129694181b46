import type { MailProblem } from '../../../domain/forms/origin.ts';

/**
 * What the parser, which reads on whatever comes, does not complain of: NUL bytes (RFC 5322 section 2.3)
 * and a multipart whose boundary is not named, not there or never closed (RFC 2046 section 5.1.1).
 */
export const whatIsBroken = (raw: Buffer): MailProblem | undefined => {
  if (raw.includes(0)) return broken('NUL bytes');
  const start = raw.subarray(0, 256 * 1024).toString('latin1');
  const end = /\r?\n\r?\n/.exec(start)?.index;
  if (end === undefined) return /^[\x21-\x39\x3b-\x7e]+:/.test(start) ? undefined : broken('no header');
  const head = start.slice(0, end).replace(/\r?\n[ \t]+/g, ' ');
  if (!/^[\x21-\x39\x3b-\x7e]+:/m.test(head)) return broken('no header');
  const contentType = /^content-type:[ \t]*(multipart\/.*)$/im.exec(head)?.[1];
  if (contentType === undefined) return undefined;
  const named = /boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(contentType);
  const boundary = (named?.[1] ?? named?.[2] ?? '').trim();
  if (boundary === '') return broken('multipart without a boundary');
  if (!raw.includes(`\n--${boundary}`, end, 'latin1')) return broken('the boundary named is nowhere in it');
  if (!raw.includes(`\n--${boundary}--`, end, 'latin1')) return broken('cut off before its end');
  return hasFalseBase64(raw) ? broken('Base64 that is none') : undefined;
};

/** Whether a part says it is in Base64 and its first lines are not (RFC 2045 section 6.8). */
const hasFalseBase64 = (raw: Buffer): boolean => {
  let at = raw.indexOf(declaration);
  for (let parts = 0; at >= 0 && parts < 100; parts += 1) {
    const here = raw.subarray(at, at + 2_000).toString('latin1');
    const body = here.slice(/\r?\n\r?\n/.exec(here)?.index ?? here.length).split(/\r?\n--/)[0] ?? '';
    if (/[^A-Za-z0-9+/=\s]/.test(body)) return true;
    at = raw.indexOf(declaration, at + declaration.length);
  }
  return false;
};

const declaration = 'Content-Transfer-Encoding: base64';

const broken = (detail: string): MailProblem => ({ code: 'broken-mime', detail });
