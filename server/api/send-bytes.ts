import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AttachmentStore } from '../records/attachment-store.ts';
import { readByteRange } from './byte-range.ts';

/** Sends a file of the store, or the part of it that is asked for; undefined, and nothing sent: it is not there. */
export const sendBytes = async (
  store: Pick<AttachmentStore, 'read' | 'sizeOf'>,
  request: FastifyRequest,
  reply: FastifyReply,
  file: { readonly sha256: string; readonly type: string; readonly cacheControl: string },
): Promise<FastifyReply | undefined> => {
  const size = await store.sizeOf(file.sha256);
  if (size === undefined) return undefined;
  const etag = `"${file.sha256}"`;
  const { range, 'if-range': ifRange } = request.headers;
  const asked = readByteRange({ range, ifRange: typeof ifRange === 'string' ? ifRange : undefined }, { size, etag });
  reply.type(file.type).headers({
    etag,
    'accept-ranges': 'bytes',
    // Whatever a caller sent in, no browser may take it for a page of ours.
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': file.cacheControl,
  });
  if (asked === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send('');
  const found = await store.read(file.sha256, asked === 'whole' ? undefined : asked);
  if (!found) return undefined;
  if (asked === 'whole') return reply.header('content-length', size).send(found.bytes);
  return reply
    .code(206)
    .headers({
      'content-range': `bytes ${asked.first}-${asked.last}/${size}`,
      'content-length': asked.last - asked.first + 1,
    })
    .send(found.bytes);
};
