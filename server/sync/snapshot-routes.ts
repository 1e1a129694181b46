import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Person, snapshotPath } from '../../contract/http.ts';
import type { Authentication } from '../api/authentication.ts';
import { ApiFailure } from '../api/failure.ts';
import { readBody, signedIn } from '../api/mount-route.ts';
import type { Snapshot, SnapshotPlace } from './snapshot.ts';

const cursor = z.coerce.number().int().nonnegative();
const snapshotQuery = z.union([
  z.strictObject({ head: cursor, before: cursor }),
  z.strictObject({}).transform(() => undefined),
]);

export interface SnapshotRoutesParts {
  readonly authentication: Pick<Authentication, 'check'>;
  readonly open: (
    person: Pick<Person, 'roles' | 'department'>,
    place: SnapshotPlace | undefined,
  ) => Promise<Snapshot | undefined>;
  /** How many desks are filled at once: the others ask again. */
  readonly mostAtOnce?: number;
  /** A desk that does not take a page for so long has gone without a word. */
  readonly stallMs?: number;
}

const usualMostAtOnce = 4;
const usualStallMs = 60_000;
const retryAfterSeconds = 10;

/** A stream, so it stands apart from the routes with a JSON answer. */
export const snapshotRoutes = (app: FastifyInstance, parts: SnapshotRoutesParts): void => {
  const { mostAtOnce = usualMostAtOnce, stallMs = usualStallMs } = parts;
  let running = 0;

  /** As fast as the desk reads: no page is asked of the records before there is room for it. */
  const streamOf = (snapshot: Snapshot, onEnd: () => void): Readable => {
    const members = async function* () {
      for await (const member of snapshot.members()) {
        stall.refresh();
        yield member;
      }
    };
    // However it ends, a desk that has not read the last line knows that it has not all.
    const packed = Readable.from(members(), { objectMode: false, highWaterMark: 256 * 1024 });
    const stall = setTimeout(() => packed.destroy(), stallMs);
    packed.once('close', () => {
      clearTimeout(stall);
      onEnd();
    });
    return packed;
  };

  app.get(snapshotPath, async (request, reply) => {
    const { person } = await signedIn(parts.authentication, request, 'form.read');
    const place = readBody(snapshotQuery, request.query);
    if (running >= mostAtOnce) {
      reply.header('retry-after', retryAfterSeconds);
      throw new ApiFailure('unavailable', 'as many desks as can be are being filled');
    }
    running += 1;
    let isStreamed = false;
    const done = () => {
      running -= 1;
    };
    try {
      const snapshot = await parts.open(person, place);
      if (!snapshot) throw new ApiFailure('bad-request', 'this fill was begun with other records');
      // Not as an encoding: the desk unpacks it in larger pieces than an HTTP client does.
      reply.type('application/gzip').header('cache-control', 'no-store');
      isStreamed = true;
      return reply.send(streamOf(snapshot, done));
    } finally {
      if (!isStreamed) done();
    }
  });
};
