import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { messageParts } from '../../../contract/web.ts';
import { webMessageLimits } from '../../../domain/intake/web-message.ts';
import { WebFailure } from './failure.ts';
import { fileName, type SniffedType, sniff } from './sniff.ts';

/** A file that came with a message, known for what it is. */
export interface TakenFile {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: SniffedType;
  readonly bytes: Buffer;
}

export interface MessageParts {
  readonly typed: z.infer<typeof messageParts>;
  readonly files: readonly TakenFile[];
}

/** Room for the fields and the lines between the parts. */
export const maxMessageBytes = webMessageLimits.allFilesBytes + 256 * 1024;

/** Reads a multipart body (RFC 7578); refuses what the page would not have sent, and files that it does not take. */
export const readParts = async (body: Buffer, contentType: string): Promise<MessageParts> => {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => {
      throw new WebFailure('bad-request', 'not a multipart body');
    });
  const typed = messageParts.safeParse(Object.fromEntries([...form].filter(([name]) => name !== 'file')));
  if (!typed.success) throw new WebFailure('bad-request', 'not the parts of a message');
  const given = form.getAll('file').filter((file): file is File => file instanceof File && file.name !== '');
  const { files: most, fileBytes, allFilesBytes } = webMessageLimits;
  if (given.length > most) throw new WebFailure('too-many-files', `${most} files at most`);
  const tooLarge = given.find(({ size }) => size > fileBytes);
  if (tooLarge) throw new WebFailure('file-too-large', 'a file is too large', { file: tooLarge.name });
  if (given.reduce((sum, { size }) => sum + size, 0) > allFilesBytes)
    throw new WebFailure('files-too-large', 'the files together are too large');
  return { typed: typed.data, files: await Promise.all(given.map(take)) };
};

const take = async (file: File): Promise<TakenFile> => {
  const bytes = Buffer.from(await file.arrayBuffer());
  const mediaType = sniff(bytes);
  if (!mediaType) throw new WebFailure('file-kind', 'a file of a kind that is not taken', { file: file.name });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, name: fileName(file.name, mediaType), mediaType, bytes };
};
