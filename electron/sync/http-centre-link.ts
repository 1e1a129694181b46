import { routes } from '../../contract/http.ts';
import { syncVersion } from '../../contract/sync.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { ok, type Result } from '../../domain/result.ts';
import { noteUploaded, notUploaded } from '../cache/attachment-rows.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Api, ApiFailure } from './api.ts';
import { authorized } from './authorized.ts';
import type { CentreLink } from './centre-link.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { TokenKeeper } from './token-keeper.ts';

const pageSize = 500;

/** The centre over its HTTP, in the name of the one who is signed in. */
export const createHttpCentreLink = (parts: {
  readonly cache: Cache;
  readonly api: Api;
  readonly tokens: TokenKeeper;
}): CentreLink => {
  const { api, tokens } = parts;
  return {
    bringFiles: (operations) => bringFiles(parts, operations),
    push: (operations) =>
      authorized(tokens, (accessToken) =>
        api.call(routes.push, { body: { syncVersion, operations: [...operations] }, accessToken }),
      ),
    pull: (after) =>
      authorized(tokens, (accessToken) => api.call(routes.pull, { query: { after, limit: pageSize }, accessToken })),
    fill: async (from) => {
      const opened = await authorized(tokens, (accessToken) => api.openSnapshot(from, accessToken));
      return opened.ok ? readSnapshot(opened.value) : opened;
    },
    signInAnew: tokens.startAnew,
  };
};

/** The bytes are there before the operation that names them. */
const bringFiles = async (
  { cache, tokens, api }: { readonly cache: Cache; readonly api: Api; readonly tokens: TokenKeeper },
  operations: readonly Operation[],
): Promise<Result<readonly Operation[], ApiFailure>> => {
  const named = operations.flatMap((operation) => (operation.kind === 'form.attach' ? [operation.payload.sha256] : []));
  for (const sha256 of cache.database.write((writes) => notUploaded(writes, named))) {
    const bytes = cache.files.read(sha256);
    if (!bytes) continue;
    const sent = await authorized(tokens, (accessToken) => api.putAttachment(sha256, bytes, accessToken));
    // Bytes refused for good must not hold the outbox: the centre judges the operation that names them.
    if (!sent.ok && !['too-large', 'bad-request'].includes(sent.error.code)) return sent;
    if (sent.ok) cache.database.write((writes) => noteUploaded(writes, sha256));
  }
  return ok(operations);
};
