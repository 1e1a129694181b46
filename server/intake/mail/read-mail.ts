import { type MailParserOptions, type ParsedMail, simpleParser } from 'mailparser';
import type { MailProblem } from '../../../domain/forms/origin.ts';
import type { IncomingFile } from '../keep-file.ts';
import { plainText } from '../plain-text.ts';
import { type Nature, natureOf } from './automatic.ts';
import { decodeText } from './charset.ts';
import { createCharsetReader, withoutNames } from './charset-reader.ts';
import { readFiles } from './mail-files.ts';
import { headerOf, headOf, readHeaderText } from './mail-header.ts';
import { whatIsBroken } from './mime-structure.ts';

/** A mail as far as it can be read; whatever its state, there is something to put on a form. */
export interface ReadMail {
  /** Lower case, empty where there is none; the name as the sender wrote it. */
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  /** These without angle brackets. */
  readonly messageId: string;
  readonly references: readonly string[];
  readonly text: string;
  readonly files: readonly IncomingFile[];
  readonly nature: Nature;
  /** Message-IDs that a bounce says it returns. */
  readonly returned: readonly string[];
  readonly problem: MailProblem | null;
}

export interface ReadingLimits {
  /** Parts of a mail; more make it a problem. */
  readonly parts: number;
  /** Bytes of one part's header. */
  readonly headerBytes: number;
  /** Files kept of one mail. */
  readonly files: number;
  /** What a zip may say it unpacks to, in bytes. */
  readonly unpackedBytes: number;
}

export const usualLimits: ReadingLimits = {
  parts: 200,
  headerBytes: 256 * 1024,
  files: 40,
  unpackedBytes: 1024 * 1024 * 1024,
};

/** `complete`: false where `raw` is only the beginning of a mail that is too large. Never throws. */
export const readMail = async (
  raw: Buffer,
  given: { readonly loopToken: string; readonly complete: boolean; readonly limits: ReadingLimits },
): Promise<ReadMail> => {
  const charsets = createCharsetReader();
  const options: MailParserOptions & { readonly keepCidLinks: true } = {
    Iconv: charsets.Iconv,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    keepCidLinks: true,
    keepDeliveryStatus: true,
    checksumAlgo: false,
    maxHtmlLengthToParse: 500_000,
    maxHeadSize: given.limits.headerBytes,
    maxChildNodes: given.limits.parts,
  };
  const asked = await parse(raw, options);
  // Its header alone can nearly always be read, and says whom it is from.
  const parsed = asked.ok ? asked.mail : await parseHead(raw, options);
  const header = headerOf(parsed?.headerLines ?? []);
  const deliveryStatus = parsed?.attachments.find((one) => one.contentType === 'message/delivery-status');
  const from = parsed?.from?.value[0]?.group?.[0] ?? parsed?.from?.value[0];
  const subject = readHeaderText(header, 'subject', parsed?.subject ?? '');
  const files = readFiles(asked.ok && given.complete ? asked.mail.attachments : [], given.limits);
  const broken = given.complete ? whatIsBroken(raw) : undefined;
  const read = asked.ok ? await readText(raw, asked.mail, options) : '';
  // Of a mail nobody can take apart, its body as it stands is better than nothing.
  const text = read === '' && (broken || !asked.ok) ? bodyAsItStands(raw) : read;
  const problems: readonly (MailProblem | undefined)[] = [
    given.complete ? undefined : { code: 'too-large', detail: '' },
    asked.ok ? undefined : { code: asked.tooMany ? 'too-many-parts' : 'broken-mime', detail: asked.detail },
    files.problem,
    broken,
    charsets.doubt() ?? subject.doubt,
    from?.address === undefined || from.address === '' ? { code: 'no-sender', detail: '' } : undefined,
    text === '' && files.kept.length === 0 ? { code: 'no-text', detail: '' } : undefined,
  ];
  return {
    from: plainText((from?.address ?? '').toLowerCase(), 320),
    fromName: plainText(nameOf(readHeaderText(header, 'from', from?.name ?? '').text), 200),
    to: plainText(addressOf(parsed?.to), 320),
    subject: plainText(subject.text, 500),
    messageId: bare(parsed?.messageId),
    references: [parsed?.inReplyTo, ...[parsed?.references ?? []].flat().reverse()]
      .map(bare)
      .filter((id, index, all) => id !== '' && all.indexOf(id) === index)
      .slice(0, 100),
    text,
    files: files.kept,
    nature: natureOf(header, {
      loopToken: given.loopToken,
      subject: subject.text,
      deliveryStatus: deliveryStatus?.content.toString('latin1'),
    }),
    returned: (parsed?.attachments ?? []).flatMap(returnedId),
    problem: problems.find((problem) => problem !== undefined) ?? null,
  };
};

type Parsed =
  | { readonly ok: true; readonly mail: ParsedMail }
  | { readonly ok: false; readonly tooMany: boolean; readonly detail: string };

const parse = async (raw: Buffer, options: MailParserOptions & { readonly keepCidLinks: true }): Promise<Parsed> => {
  try {
    return { ok: true, mail: await simpleParser(raw, options) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ok: false, tooMany: /child nodes/i.test(detail), detail: detail.slice(0, 500) };
  }
};

const parseHead = async (
  raw: Buffer,
  options: MailParserOptions & { readonly keepCidLinks: true },
): Promise<ParsedMail | undefined> => {
  const head = await parse(headOf(raw), options);
  return head.ok ? head.mail : undefined;
};

/** Bytes that were not the UTF-8 they were taken for get a second reading. */
const readText = async (
  raw: Buffer,
  mail: ParsedMail,
  options: MailParserOptions & { readonly keepCidLinks: true },
): Promise<string> => {
  const text = mail.text ?? '';
  if (!text.includes('\ufffd') || raw.includes('\ufffd')) return plainText(text, maxTextLength).trim();
  const again = await parse(withoutNames(raw), options);
  return plainText((again.ok ? again.mail.text : undefined) ?? text, maxTextLength).trim();
};

const bodyAsItStands = (raw: Buffer): string => {
  const { text } = decodeText('utf-8', raw.subarray(raw.indexOf('\r\n\r\n') + 4).subarray(0, 16_000));
  return plainText(text, 16_000).trim();
};

/** Far more than a form's field takes; the rest of a longer one goes with it as a file. */
const maxTextLength = 2_000_000;

/** Of a whole `From` line its name alone. */
const nameOf = (from: string): string => from.replace(/\s*<[^>]*>\s*$/, '').replace(/^"|"$/g, '');

const addressOf = (to: ParsedMail['to']): string => [to ?? []].flat()[0]?.value[0]?.address ?? '';

const bare = (id: string | undefined): string => (id ?? '').replace(/[<>\s]/g, '').slice(0, 998);

/** The Message-ID of what a report returns (RFC 3464 section 2), the whole of it or its header. */
const returnedId = (part: ParsedMail['attachments'][number]): readonly string[] => {
  if (!['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers'].includes(part.contentType)) return [];
  const id = /^message-id:\s*<([^>\s]+)>/im.exec(part.content.subarray(0, 64 * 1024).toString('latin1'))?.[1];
  return id === undefined ? [] : [id];
};
