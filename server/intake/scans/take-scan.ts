import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Origin } from '../../../domain/forms/origin.ts';
import type { CentreForms } from '../../forms/centre-forms.ts';
import { maxAttachmentBytes } from '../../records/attachment-store.ts';
import type { Tables } from '../../records/tables.ts';
import type { FileKeeper } from '../keep-file.ts';
import { plainText } from '../plain-text.ts';
import { relatedId } from '../related-id.ts';
import { begin, settle } from '../taken-in.ts';
import { fileName } from './file-name.ts';
import { scanMediaTypes, sniffMediaType } from './sniff.ts';

/** A fax or a scanned letter as it lies in its folder. */
export interface Scan {
  readonly channel: 'fax' | 'letter';
  readonly fileName: string;
  /** Of a file that is too large, its beginning. */
  readonly bytes: Buffer;
  readonly size: number;
  /** When the machine had written it. */
  readonly writtenAt: number;
  /** What lay beside it as `NAME.json`, unread. */
  readonly sidecar: string | undefined;
}

export interface ScanTaken {
  readonly hasProblem: boolean;
  readonly seenBefore: boolean;
}

/** What a fax server may write beside a fax; anything else in it is its own business. */
const sidecar = z.object({
  number: z.string().max(64).optional(),
  /** A1: the telecom office that forwarded it. */
  forwardedBy: z.string().max(200).optional(),
  receivedAt: z.union([z.iso.datetime({ offset: true }), z.int().nonnegative()]).optional(),
});

/** Makes a form of a scan. Safe to ask again, after a crash too. */
export const createScanTaker = (parts: {
  readonly db: Kysely<Tables>;
  readonly forms: CentreForms;
  readonly files: FileKeeper;
  readonly clock: () => number;
}): ((scan: Scan) => Promise<ScanTaken>) => {
  return async (scan) => {
    const begun = await begin(parts.db, fingerprintOf(scan), parts.clock());
    if (begun.outcome !== null) return { hasProblem: begun.hasProblem, seenBefore: true };
    const beside = readSidecar(scan.sidecar);
    const name = fileName(scan.fileName, 'scan');
    const mediaType = sniffMediaType(scan.bytes);
    const problem = problemOf(scan, mediaType);
    const opened = await parts.forms.open({
      form: begun.form,
      operation: begun.operation,
      kind: 'complaint',
      // A scanned letter comes in as a fax does, as pages in a file; that it is a letter stands in its channel.
      origin: {
        via: 'fax',
        fromNumber: plainText(beside.number ?? numberInName(scan.fileName) ?? '', 64),
        receivedAt: instantOf(beside.receivedAt) ?? Math.trunc(scan.writtenAt),
        fileName: name,
        problem,
      },
      fields: { channel: scan.channel, forwardedBy: plainText(beside.forwardedBy ?? '', 200) },
      attachments:
        problem?.code === 'too-large'
          ? []
          : [
              await parts.files.keep(
                { name, mediaType: mediaType ?? 'application/octet-stream', bytes: scan.bytes },
                relatedId(begun.operation, 'file-0'),
              ),
            ],
    });
    if (!opened.ok) throw new Error(`a scan opened no form: ${opened.error.code}`);
    await settle(parts.db, begun.fingerprint, { outcome: 'opened', hasProblem: problem !== null });
    return { hasProblem: problem !== null, seenBefore: false };
  };
};

type FaxOrigin = Extract<Origin, { via: 'fax' }>;

const problemOf = (scan: Scan, mediaType: string | undefined): FaxOrigin['problem'] => {
  if (scan.size > maxAttachmentBytes) return { code: 'too-large', detail: `${scan.size}` };
  if (mediaType !== undefined && scanMediaTypes.includes(mediaType) && isWhole(scan.bytes, mediaType)) return null;
  return { code: 'unreadable', detail: mediaType ?? 'neither PDF, TIFF nor JPEG' };
};

/** Whether a PDF or JPEG has its end: half a transmission begins like a whole one. */
const isWhole = (bytes: Buffer, mediaType: string): boolean => {
  switch (mediaType) {
    case 'application/pdf':
      return bytes.subarray(-2_048).includes('%%EOF');
    case 'image/jpeg':
      return bytes.subarray(-2_048).includes(Buffer.from([0xff, 0xd9]));
    default:
      return bytes.length > 8;
  }
};

/** The same file of the same name, written at the same time, is the same fax. */
const fingerprintOf = ({ channel, fileName: name, writtenAt, bytes, size }: Scan): string =>
  createHash('sha256').update(`${channel}\n${name}\n${writtenAt}\n${size}\n`).update(bytes).digest('hex');

const readSidecar = (text: string | undefined): z.infer<typeof sidecar> => {
  if (text === undefined) return {};
  try {
    const parsed = sidecar.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
};

const instantOf = (given: string | number | undefined): number | undefined =>
  typeof given === 'string' ? new Date(given).getTime() : given;

/** `fax-02886661234-20261124.tif`: the first run of digits that can be a number and is no date. */
const numberInName = (name: string): string | undefined =>
  (name.match(/\+?\d{5,15}/g) ?? []).find((digits) => !/^20\d{6}(\d{4,6})?$/.test(digits));
