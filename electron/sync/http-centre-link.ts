import { routes } from '../../contract/http.ts';
import { syncVersion } from '../../contract/sync.ts';
import { ok } from '../../domain/result.ts';
import type { Uploads } from '../files/uploads.ts';
import type { Api } from './api.ts';
import { authorized } from './authorized.ts';
import type { CentreLink } from './centre-link.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { TokenKeeper } from './token-keeper.ts';

const pageSize = 500;

/** The centre over its HTTP, in the name of the one who is signed in. */
export const createHttpCentreLink = (parts: {
  readonly uploads: Pick<Uploads, 'ready'>;
  readonly api: Api;
  readonly tokens: TokenKeeper;
}): CentreLink => {
  const { api, tokens, uploads } = parts;
  return {
    bringFiles: async (operations) => ok(uploads.ready(operations)),
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
