import { createHash } from 'node:crypto';
import { finished } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { messageAnswer, ticketAnswer } from '../../../contract/web.ts';
import { ticketHeader, webPaths } from '../../../contract/web-paths.ts';
import type { Attachment } from '../../../domain/forms/complaint.ts';
import { readWebMessage, type WebMessage } from '../../../domain/intake/web-message.ts';
import type { CentreForms } from '../../forms/centre-forms.ts';
import type { FileKeeper } from '../keep-file.ts';
import type { DerivedIds } from './derived-ids.ts';
import { WebFailure } from './failure.ts';
import { type MessageParts, maxMessageBytes, readParts } from './read-parts.ts';
import type { StatusTokens } from './status-tokens.ts';
import { minFillMs, type Tickets } from './tickets.ts';

export interface MessageRoutesParts {
  readonly forms: Pick<CentreForms, 'open'>;
  readonly files: FileKeeper;
  readonly tickets: Tickets;
  readonly ids: DerivedIds;
  readonly statusTokens: StatusTokens;
  readonly hotline: string;
  readonly clock: () => number;
}

/** Bodies are held in memory while they are read: so many at once. */
const maxAtOnce = 8;
const ticketsPerMinute = 60;
const messagesPerTenMinutes = 10;

/** A web message becomes one form (A1, A4), however often it is sent. */
export const messageRoutes = (scope: FastifyInstance, parts: MessageRoutesParts): void => {
  scope.get(
    webPaths.ticket,
    { config: { rateLimit: { max: ticketsPerMinute, timeWindow: 60_000 } } },
    async (_request, reply) => {
      const answer: z.infer<typeof ticketAnswer> = { ticket: parts.tickets.issue(), minFillMs, hotline: parts.hotline };
      return reply.header('cache-control', 'no-store').send(answer);
    },
  );

  scope.register(async (multipart) => {
    multipart.removeAllContentTypeParsers();
    multipart.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    let atOnce = 0;
    multipart.post(
      webPaths.message,
      {
        bodyLimit: maxMessageBytes,
        config: { rateLimit: { max: messagesPerTenMinutes, timeWindow: 10 * 60_000 } },
        // Before a byte of the body is read.
        preParsing: async (request, reply, payload) => {
          const checked = parts.tickets.check(String(request.headers[ticketHeader] ?? ''));
          if (!checked.ok) {
            const { code, ...details } = checked.error;
            throw new WebFailure(code, 'the ticket does not do', details);
          }
          if (atOnce >= maxAtOnce) throw new WebFailure('unavailable', 'too many messages at once');
          atOnce += 1;
          finished(reply.raw, () => {
            atOnce -= 1;
          });
          return payload;
        },
      },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) throw new WebFailure('bad-request', 'a multipart body is expected');
        const read = await readParts(request.body, request.headers['content-type'] ?? '');
        if (read.typed.website !== '')
          throw new WebFailure('looks-automatic', 'a field that is not shown was filled in');
        const message = readWebMessage(read.typed);
        if (!message.ok) throw new WebFailure('fields', 'some fields will not do', { fields: message.error });
        const answer = await open(parts, message.value, read);
        return reply.header('cache-control', 'no-store').send(answer);
      },
    );
  });
};

const open = async (
  parts: MessageRoutesParts,
  message: WebMessage,
  { typed, files }: MessageParts,
): Promise<z.infer<typeof messageAnswer>> => {
  // Another text under the same key is another message: nothing a customer wrote is taken for sent.
  const content = createHash('sha256').update(
    JSON.stringify([message, files.map(({ sha256, name }) => [sha256, name])]),
  );
  const digest = content.digest('hex');
  const idFor = (purpose: string) => parts.ids.v7(typed.key, `${purpose} ${digest}`);
  const attachments: Attachment[] = [];
  for (const [index, file] of files.entries())
    attachments.push(await parts.files.keep(file, parts.ids.plain(`attachment ${index} ${typed.key} ${digest}`)));
  const opened = await parts.forms.open({
    form: idFor('form'),
    operation: idFor('operation'),
    kind: message.kind,
    origin: {
      via: 'web-message',
      name: message.name,
      contact: message.contact,
      language: typed.language,
      receivedAt: parts.clock(),
    },
    fields: {
      callerName: message.name,
      contactNumber: message.contactBy === 'phone' ? message.contact : '',
      text: message.text,
    },
    attachments,
  });
  if (!opened.ok) throw new Error(`a web message was refused: ${opened.error.code}`);
  return { number: opened.value.number, statusToken: parts.statusTokens.of(opened.value.id) };
};
