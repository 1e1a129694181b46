import type { Attachment } from 'mailparser';
import type { MailProblem } from '../../../domain/forms/origin.ts';
import { maxAttachmentBytes } from '../../records/attachment-store.ts';
import type { IncomingFile } from '../keep-file.ts';
import { fileName } from '../scans/file-name.ts';
import { sniffMediaType } from '../scans/sniff.ts';
import { unpackedSize } from './zip-sizes.ts';

/** The files that came with a mail, as they came: nothing is ever unpacked. */
export const readFiles = (
  attachments: readonly Attachment[],
  limits: { readonly files: number; readonly unpackedBytes: number },
): { readonly kept: readonly IncomingFile[]; readonly problem: MailProblem | undefined } => {
  let problem: MailProblem | undefined;
  const kept: IncomingFile[] = [];
  for (const [index, attachment] of attachments.entries()) {
    const bytes = attachment.content;
    const mediaType = mediaTypeOf(attachment, bytes);
    const name = fileName(attachment.filename, `file-${index + 1}${extensions.get(mediaType) ?? ''}`);
    if (kept.length >= limits.files) {
      problem ??= { code: 'too-many-parts', detail: `${attachments.length} files` };
    } else if (bytes.length > maxAttachmentBytes) {
      problem ??= { code: 'too-large', detail: name.slice(0, 200) };
    } else {
      const unpacked = mediaType === 'application/zip' ? (unpackedSize(bytes) ?? 0) : 0;
      if (unpacked > limits.unpackedBytes)
        problem ??= { code: 'unpacks-too-large', detail: `${name.slice(0, 200)}: ${unpacked}` };
      kept.push({ name, mediaType, bytes });
    }
  }
  return { kept, problem };
};

const mediaTypeOf = ({ contentType }: Attachment, bytes: Buffer): string => {
  const declared = /^[\w.+-]{1,40}\/[\w.+-]{1,59}$/.test(contentType)
    ? contentType.toLowerCase()
    : 'application/octet-stream';
  const sniffed = sniffMediaType(bytes);
  // Office documents are zips of their own kind.
  return sniffed === undefined || (sniffed === 'application/zip' && declared.startsWith('application/vnd.'))
    ? declared
    : sniffed;
};

const extensions: ReadonlyMap<string, string> = new Map([
  ['message/rfc822', '.eml'],
  ['application/pdf', '.pdf'],
  ['image/tiff', '.tif'],
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['application/zip', '.zip'],
]);
