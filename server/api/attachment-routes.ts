import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { attachmentPath } from '../../contract/http.ts';
import { mayDo, type Right } from '../../domain/people/roles.ts';
import { type AttachmentStore, maxAttachmentBytes } from '../records/attachment-store.ts';
import { isRecording } from '../records/recordings.ts';
import type { Tables } from '../records/tables.ts';
import { isForDepartment } from '../sync/attachment-for-department.ts';
import { departmentAlone } from '../sync/department-alone.ts';
import type { Authentication } from './authentication.ts';
import { ApiFailure } from './failure.ts';
import { readBody, signedIn } from './mount-route.ts';

/** To keep a file is to put it on a form or on a knowledge article. */
const mayKeep: readonly Right[] = ['form.edit', 'knowledge.write'];

const parameters = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

export interface AttachmentRoutesParts {
  readonly authentication: Authentication;
  readonly store: AttachmentStore;
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
}

/** Raw bytes, so these two stand apart from the routes with a JSON body; in a scope of their own for its parser. */
export const attachmentRoutes = (app: FastifyInstance, parts: AttachmentRoutesParts): void => {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const path = attachmentPath(':sha256');

    scope.put(path, { bodyLimit: maxAttachmentBytes }, async (request) => {
      const session = await signedIn(parts.authentication, request, 'a session');
      if (!mayKeep.some((right) => mayDo(session.person.roles, right)))
        throw new ApiFailure('not-allowed', `this needs the right ${mayKeep.join(' or ')}`);
      const { sha256 } = readBody(parameters, request.params);
      const bytes = request.body instanceof Readable ? request.body : Readable.from([]);
      const kept = await parts.store.keep(sha256, bytes);
      if (!kept.ok && kept.error === 'too-large') throw new ApiFailure('too-large', 'an attachment has 20 MB at most');
      if (!kept.ok) throw new ApiFailure('bad-request', 'these bytes have another SHA-256');
      await parts.db
        .insertInto('attachments')
        .values({ sha256, size: kept.value, stored_at: parts.clock(), stored_by: session.person.staffNumber })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return {};
    });

    scope.get(path, async (request, reply) => {
      const { person } = await signedIn(parts.authentication, request, 'form.read');
      const { sha256 } = readBody(parameters, request.params);
      // By its own route, with its own right, and audited.
      if (await isRecording(parts.db, sha256)) throw new ApiFailure('not-allowed', 'this is the recording of a call');
      const department = departmentAlone(person);
      // As if it were not there: whether a file exists elsewhere is no department's business.
      if (department !== undefined && !(await isForDepartment(parts.db, sha256, department)))
        throw new ApiFailure('not-found', 'no such attachment');
      const found = await parts.store.read(sha256);
      if (!found) throw new ApiFailure('not-found', 'no such attachment');
      return reply
        .type('application/octet-stream')
        .headers({
          'content-length': found.size,
          // Whatever a caller sent in, no browser may take it for a page of ours.
          'content-disposition': 'attachment',
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, immutable, max-age=31536000',
        })
        .send(found.bytes);
    });
  });
};
