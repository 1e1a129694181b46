import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { attachmentPath, type UploadState, uploadPath } from '../../contract/http.ts';
import { mayDo, type Right } from '../../domain/people/roles.ts';
import type { AttachmentStore } from '../records/attachment-store.ts';
import { isRecording } from '../records/recordings.ts';
import type { Tables } from '../records/tables.ts';
import type { UploadParts } from '../records/upload-parts.ts';
import { isForDepartment } from '../sync/attachment-for-department.ts';
import { departmentAlone } from '../sync/department-alone.ts';
import type { Authentication } from './authentication.ts';
import { ApiFailure } from './failure.ts';
import { readBody, signedIn } from './mount-route.ts';
import { sendBytes } from './send-bytes.ts';

/** To keep a file is to put it on a form or on a knowledge article. */
const mayKeep: readonly Right[] = ['form.edit', 'knowledge.write'];

const parameters = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const place = z.strictObject({
  offset: z.coerce.number().int().nonnegative(),
  size: z.coerce.number().int().nonnegative(),
});

export interface AttachmentRoutesParts {
  readonly authentication: Authentication;
  readonly store: AttachmentStore;
  readonly uploads: UploadParts;
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
}

/** Raw bytes, so these stand apart from the routes with a JSON body; in a scope of their own for its parser. */
export const attachmentRoutes = (app: FastifyInstance, parts: AttachmentRoutesParts): void => {
  const { authentication, store, uploads, db, clock } = parts;

  const uploading = async (request: FastifyRequest) => {
    const { device, person } = await signedIn(authentication, request, 'a session');
    if (!mayKeep.some((right) => mayDo(person.roles, right)))
      throw new ApiFailure('not-allowed', `this needs the right ${mayKeep.join(' or ')}`);
    return { device, staffNumber: person.staffNumber };
  };

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    scope.get(uploadPath(':sha256'), async (request, reply): Promise<UploadState> => {
      const uploader = await uploading(request);
      const { sha256 } = readBody(parameters, request.params);
      reply.header('cache-control', 'no-store');
      const kept = (await isKept(db, sha256)) ? await store.sizeOf(sha256) : undefined;
      if (kept !== undefined) return { have: kept, kept: true };
      return { have: await uploads.have(uploader, sha256), kept: false };
    });

    scope.patch(uploadPath(':sha256'), async (request): Promise<UploadState> => {
      const uploader = await uploading(request);
      const { sha256 } = readBody(parameters, request.params);
      const { offset, size } = readBody(place, request.query);
      const bytes = request.body instanceof Readable ? request.body : Readable.from([]);
      const taken = await uploads.append(uploader, { sha256, size, offset }, bytes);
      if (!taken.ok && taken.error === 'too-large')
        throw new ApiFailure('too-large', 'an attachment has 20 MB at most');
      if (!taken.ok)
        throw new ApiFailure('other-bytes', 'these bytes have another SHA-256: all of them were thrown away');
      if (taken.value.kept)
        await db
          .insertInto('attachments')
          .values({ sha256, size, stored_at: clock(), stored_by: uploader.staffNumber })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      return taken.value;
    });

    scope.get(attachmentPath(':sha256'), async (request, reply) => {
      const { person } = await signedIn(authentication, request, 'form.read');
      const { sha256 } = readBody(parameters, request.params);
      // By its own route, with its own right, and audited.
      if (await isRecording(db, sha256)) throw new ApiFailure('not-allowed', 'this is the recording of a call');
      const department = departmentAlone(person);
      // As if it were not there: whether a file exists elsewhere is no department's business.
      if (department !== undefined && !(await isForDepartment(db, sha256, department)))
        throw new ApiFailure('not-found', 'no such attachment');
      const sent = await sendBytes(store, request, reply, {
        sha256,
        type: 'application/octet-stream',
        cacheControl: 'private, immutable, max-age=31536000',
      });
      if (!sent) throw new ApiFailure('not-found', 'no such attachment');
      return sent;
    });
  });
};

const isKept = async (db: Kysely<Tables>, sha256: string): Promise<boolean> =>
  (await db.selectFrom('attachments').select('sha256').where('sha256', '=', sha256).executeTakeFirst()) !== undefined;
