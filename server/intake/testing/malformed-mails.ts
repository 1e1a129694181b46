import type { MailProblem } from '../../../domain/forms/origin.ts';
import { encodeAs } from './encode-as.ts';
import { zipBomb } from './zip-bomb.ts';

/** A mail as no mailer should send it, and what is to be said of it. */
export interface MalformedMail {
  readonly name: string;
  readonly raw: () => Buffer;
  readonly problem: MailProblem['code'];
  /** Words that are to be read all the same. */
  readonly reads?: string;
  /** As it comes out of a mailbox, where that is something else. */
  readonly overImap?: { readonly problem: MailProblem['code']; readonly reads: string };
}

export const complaint = '您好，我家的宽带从上个星期三开始就断断续续，打了两次电话也没有人来修，请尽快处理，谢谢。';
export const traditionalComplaint =
  '您好，我家的寬頻從上個星期三開始就斷斷續續，打了兩次電話也沒有人來修，請儘快處理，謝謝。';

const header = (name: string, subject = name): string =>
  [
    'From: Liu <liu@customers.example>',
    'To: hotline@hotline.example',
    `Message-ID: <malformed.${name.replaceAll(' ', '-')}@customers.example>`,
    'Date: Tue, 24 Nov 2026 09:30:00 +0800',
    `Subject: ${subject}`,
    '',
  ].join('\r\n');

const bytes = (...parts: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));

const mixed = (boundary: string, ...parts: readonly string[]): string =>
  `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${parts
    .map((part) => `--${boundary}\r\n${part}\r\n`)
    .join('')}--${boundary}--\r\n`;

const textPart = (text: string): string => `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`;

const filePart = (name: string, content: Buffer): string =>
  `Content-Type: application/octet-stream; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
  `Content-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replace(/.{76}/g, '$&\r\n')}`;

const sixtyMegabytes = (): Buffer => {
  const [before = '', after = ''] = mixed(
    'b',
    textPart('录音见附件'),
    filePart('recording.wav', Buffer.from('CONTENT')),
  ).split(Buffer.from('CONTENT').toString('base64'));
  const line = `${Buffer.alloc(57, 1).toString('base64')}\r\n`;
  return bytes(header('60 MB'), before, Buffer.alloc(line.length * Math.ceil((60 * 1024 * 1024) / 57), line), after);
};

const nested = (depth: number): string => {
  const opening = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary="level-${level}"\r\n\r\n--level-${level}\r\n`,
  );
  const closing = Array.from({ length: depth }, (_, level) => `\r\n--level-${depth - 1 - level}--`);
  return `${opening.join('')}${textPart('deep down')}${closing.join('')}\r\n`;
};

export const malformedMails: readonly MalformedMail[] = [
  {
    name: 'GB18030 named UTF-8',
    raw: () =>
      bytes(header('gb as utf8'), 'Content-Type: text/plain; charset=utf-8\r\n\r\n', encodeAs('gb18030', complaint)),
    problem: 'unknown-charset',
    reads: complaint,
  },
  {
    name: 'GB18030 named Big5',
    raw: () =>
      bytes(header('gb as big5'), 'Content-Type: text/plain; charset=big5\r\n\r\n', encodeAs('gb18030', complaint)),
    problem: 'unknown-charset',
    reads: complaint,
  },
  {
    name: 'Big5 named GB2312',
    raw: () =>
      bytes(
        header('big5 as gb'),
        'Content-Type: text/plain; charset=gb2312\r\n\r\n',
        encodeAs('big5', traditionalComplaint),
      ),
    problem: 'unknown-charset',
    reads: traditionalComplaint,
  },
  {
    name: 'Big5 in HTML named Latin-1, in Base64',
    raw: () =>
      bytes(
        header('big5 html'),
        'Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n',
        encodeAs('big5', `<p>${traditionalComplaint}</p>`).toString('base64'),
      ),
    problem: 'unknown-charset',
    reads: traditionalComplaint,
  },
  {
    name: 'GB18030 that names no charset, in the subject too',
    raw: () =>
      bytes(
        header('gb unnamed').replace(/Subject: .*\r\n/, ''),
        'Subject: ',
        encodeAs('gb18030', '投诉宽带'),
        '\r\n\r\n',
        encodeAs('gb18030', complaint),
      ),
    problem: 'unknown-charset',
    reads: complaint,
  },
  {
    name: 'a charset nobody knows',
    raw: () =>
      bytes(header('charset x'), 'Content-Type: text/plain; charset=x-martian\r\n\r\n', encodeAs('gb18030', complaint)),
    problem: 'unknown-charset',
    reads: complaint,
  },
  {
    name: 'multipart without a boundary',
    raw: () =>
      bytes(
        header('no boundary'),
        'Content-Type: multipart/mixed\r\n\r\n--b\r\n',
        textPart('in there'),
        '\r\n--b--\r\n',
      ),
    problem: 'broken-mime',
    reads: 'in there',
  },
  {
    name: 'a boundary that never comes',
    raw: () => bytes(header('other boundary'), mixed('a', textPart('in there')).replaceAll('--a', '--b')),
    problem: 'broken-mime',
    reads: 'in there',
  },
  {
    name: 'cut off in the middle of a file',
    raw: () =>
      bytes(header('cut off'), mixed('b', textPart('in there'), filePart('p.png', Buffer.alloc(9_000, 7)))).subarray(
        0,
        4_000,
      ),
    problem: 'broken-mime',
    reads: 'in there',
  },
  {
    name: 'NUL bytes in the text',
    raw: () => bytes(header('nul'), '\r\nbefore\0after\0'),
    problem: 'broken-mime',
    reads: 'beforeafter',
    // A literal holds no NUL (RFC 3501 section 4.3); Dovecot puts 0x80 in its place, which no text of ASCII has.
    overImap: { problem: 'unknown-charset', reads: 'before' },
  },
  {
    name: 'a header without an end',
    raw: () => bytes(header('endless header'), `X-Endless: ${'a'.repeat(2_000_000)}`),
    problem: 'broken-mime',
  },
  {
    name: 'thirty thousand header lines',
    raw: () => bytes(header('many headers'), ...Array.from({ length: 30_000 }, (_, n) => `X-${n}: a\r\n`), '\r\nbody'),
    problem: 'broken-mime',
  },
  { name: 'five hundred multiparts deep', raw: () => bytes(header('deep'), nested(500)), problem: 'too-many-parts' },
  {
    name: 'three hundred files',
    raw: () =>
      bytes(
        header('many files'),
        mixed(
          'b',
          textPart('in there'),
          ...Array.from({ length: 300 }, (_, n) => filePart(`${n}.bin`, Buffer.from([n & 0xff]))),
        ),
      ),
    problem: 'too-many-parts',
  },
  {
    name: 'a zip bomb',
    raw: () => bytes(header('zip bomb'), mixed('b', textPart('发票见附件'), filePart('invoice.zip', zipBomb()))),
    problem: 'unpacks-too-large',
    reads: '发票见附件',
  },
  {
    name: 'a file of 60 MB',
    raw: sixtyMegabytes,
    problem: 'too-large',
    reads: '录音见附件',
  },
  {
    name: 'no sender',
    raw: () => bytes(header('no sender').replace(/^From: .*\r\n/, ''), '\r\n', complaint),
    problem: 'no-sender',
    reads: complaint,
  },
  { name: 'nothing in it', raw: () => bytes(header('nothing'), '\r\n'), problem: 'no-text' },
  {
    name: 'no header at all, bytes that are no text',
    raw: () => Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 7_919 + 13) % 251 || 1)),
    problem: 'broken-mime',
  },
  {
    name: 'Base64 that is none',
    raw: () =>
      bytes(
        header('bad base64'),
        mixed(
          'b',
          `Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${'!!!! ???? '.repeat(30)}`,
        ),
      ),
    problem: 'broken-mime',
  },
];
