import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { recordingPath, routes } from '../../contract/http.ts';
import { mayDo } from '../../domain/people/roles.ts';
import type { AttachmentStore } from '../records/attachment-store.ts';
import { writeAudit } from '../records/audit.ts';
import { keepPlaying } from '../records/recording-playings.ts';
import { findPlayable, recordingsOfContacts, recordingsOfForm } from '../records/recordings.ts';
import type { Tables } from '../records/tables.ts';
import type { Authentication } from './authentication.ts';
import { ApiFailure } from './failure.ts';
import { mountRoute, readBody, signedIn } from './mount-route.ts';
import { sendBytes } from './send-bytes.ts';

const query = z.union([z.strictObject({ contact: z.string().min(1).max(64) }), z.strictObject({ form: z.uuid() })]);
const parameters = z.object({ id: z.uuid() });

export interface RecordingRoutesParts {
  readonly authentication: Authentication;
  readonly store: Pick<AttachmentStore, 'read' | 'sizeOf'>;
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
}

const notPlayable = () => new ApiFailure('not-found', 'no such recording, or it was deleted for its age');

export const recordingRoutes = (app: FastifyInstance, parts: RecordingRoutesParts): void => {
  const { authentication, store, db, clock } = parts;

  mountRoute(app, routes.recordings, { authentication, needs: 'recording.play' }, async (_body, _session, request) => {
    const asked = readBody(query, request.query);
    const found =
      'form' in asked ? await recordingsOfForm(parts, asked.form) : await recordingsOfContacts(parts, [asked.contact]);
    return { recordings: [...found] };
  });

  mountRoute(app, routes.notePlaying, { authentication, needs: 'a session' }, async (body, { person }) => {
    const allowed = mayDo(person.roles, 'recording.play');
    // What was heard offline is audited whatever has become of the right since.
    if (!body.offline && !allowed) throw new ApiFailure('not-allowed', 'this needs the right recording.play');
    if (!body.offline && !(await findPlayable(db, body.recording))) throw notPlayable();
    const { playing, ...rest } = body;
    const now = clock();
    const at = body.offline ? Math.min(body.at, now) : now;
    if (!(await keepPlaying(db, { ...rest, id: playing, at, by: person.staffNumber, allowed }, now)))
      throw notPlayable();
    return {};
  });

  app.get(recordingPath(':id'), async (request, reply) => {
    const { person } = await signedIn(authentication, request, 'recording.play');
    const { id } = readBody(parameters, request.params);
    const playable = await findPlayable(db, id);
    if (!playable) throw notPlayable();
    const { contact, sha256 } = playable;
    // Before the first byte: no part of a talk leaves that the audit does not know of.
    await writeAudit(db, {
      at: clock(),
      actor: person.staffNumber,
      action: 'recording-fetched',
      subject: id,
      details: { contact, sha256, range: request.headers.range ?? null },
    });
    const sent = await sendBytes(store, request, reply, { sha256, type: 'audio/wav', cacheControl: 'no-store' });
    if (!sent) throw new ApiFailure('not-found', 'the sound of this recording is gone');
    return sent;
  });
};
