import { routes } from '../../contract/http.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Api, ApiFailure } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';
import { fetchArticleFiles } from './article-files.ts';
import { readArticleCursor, takeArticles } from './take-articles.ts';

/** Indexed in one go, in which the desk does nothing else. */
const pageSize = 50;

/** Brings the cached articles, and then their files, up to what the centre has published; `onChanged` once for each page that changes any. */
export const pullArticles = async (parts: {
  readonly cache: Cache;
  readonly api: Api;
  readonly tokens: TokenKeeper;
  readonly onChanged: () => void;
}): Promise<Result<undefined, ApiFailure>> => {
  const { cache, api, tokens, onChanged } = parts;
  for (;;) {
    const after = cache.database.read(readArticleCursor);
    const pulled = await authorized(tokens, (accessToken) =>
      api.call(routes.articleChanges, { query: { after, limit: pageSize }, accessToken }),
    );
    if (!pulled.ok) return pulled;
    if (pulled.value.changes.length > 0) {
      cache.database.write((writes) => takeArticles(writes, pulled.value));
      onChanged();
    }
    if (!pulled.value.more) break;
  }
  await fetchArticleFiles({ cache, api, tokens });
  return ok(undefined);
};
