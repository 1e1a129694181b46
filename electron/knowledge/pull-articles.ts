import { routes } from '../../contract/http.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Api, ApiFailure } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';
import { articleIndex } from './article-index.ts';
import { readArticleCursor, takeArticles } from './take-articles.ts';

/** Indexed in one go, in which the desk does nothing else. */
const pageSize = 50;
/** Taken in one pull, as after the first sign-in: the index is then worth tidying. */
const many = 500;

/** Brings the cached articles up to what the centre has published; `onChanged` once for each page that changes any. */
export const pullArticles = async (parts: {
  readonly cache: Cache;
  readonly api: Api;
  readonly tokens: TokenKeeper;
  readonly onChanged: () => void;
}): Promise<Result<undefined, ApiFailure>> => {
  const { cache, api, tokens, onChanged } = parts;
  let taken = 0;
  for (;;) {
    const after = cache.database.read(readArticleCursor);
    const pulled = await authorized(tokens, (accessToken) =>
      api.call(routes.articleChanges, { query: { after, limit: pageSize }, accessToken }),
    );
    if (!pulled.ok) return pulled;
    if (pulled.value.changes.length > 0) {
      cache.database.write((writes) => takeArticles(writes, pulled.value));
      onChanged();
      taken += pulled.value.changes.length;
    }
    if (!pulled.value.more) break;
  }
  if (taken >= many) cache.database.write(articleIndex.tidy);
  return ok(undefined);
};
