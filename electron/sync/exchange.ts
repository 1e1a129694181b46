import { routes } from '../../contract/http.ts';
import { syncVersion } from '../../contract/sync.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import type { Author } from '../../domain/forms/procedure/author.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import { firstPending } from '../cache/outbox.ts';
import { noteUploaded, notUploaded, takeChanges, takePushResults, takeServerTime } from '../cache/take-in.ts';
import { pullArticles } from '../knowledge/pull-articles.ts';
import type { Api, ApiFailure } from './api.ts';
import { authorized } from './authorized.ts';
import type { TokenKeeper } from './token-keeper.ts';

export interface ExchangeParts {
  readonly cache: Cache;
  readonly api: Api;
  readonly tokens: TokenKeeper;
  /** Who is signed in; the centre may change their roles. */
  readonly person: () => Author & { readonly staffNumber: string };
  /** The desk's own clock. */
  readonly now: () => number;
  readonly onFormChanged: (form: string) => void;
  readonly onArticlesChanged: () => void;
}

const batchSize = 100;
const pageSize = 200;

/**
 * One exchange with the centre: everything in the outbox goes up in order, then every change of forms
 * and of articles comes down. Stops at the first failure with nothing lost: what was not acknowledged is
 * sent again, and the centre knows a repeat by (device, seq).
 */
export const exchange = async (parts: ExchangeParts): Promise<Result<undefined, ApiFailure>> => {
  const pushed = await pushAll(parts);
  const pulled = pushed.ok ? await pullAll(parts) : pushed;
  return pulled.ok ? pullArticles({ ...parts, onChanged: parts.onArticlesChanged }) : pulled;
};

const pushAll = async (parts: ExchangeParts): Promise<Result<undefined, ApiFailure>> => {
  for (;;) {
    const operations = parts.cache.database.read((reads) => firstPending(reads, parts.person().staffNumber, batchSize));
    if (operations.length === 0) return ok(undefined);
    const uploaded = await uploadFor(parts, operations);
    if (!uploaded.ok) return uploaded;
    const pushed = await authorized(parts.tokens, (accessToken) =>
      parts.api.call(routes.push, { body: { syncVersion, operations: [...operations] }, accessToken }),
    );
    if (!pushed.ok) return pushed;
    const { results, serverTime } = pushed.value;
    const inOrder =
      results.length === operations.length && results.every((one, index) => one.id === operations[index]?.id);
    if (!inOrder) return refused({ code: 'unreadable' });
    const formOf = new Map(operations.map((operation) => [operation.id, operation.form]));
    const touched = parts.cache.database.write((writes) => {
      takeServerTime(writes, { server: serverTime, here: parts.now() });
      return takePushResults(writes, results, formOf, parts.person());
    });
    touched.forEach(parts.onFormChanged);
  }
};

/** The bytes are there before the operation that names them. */
const uploadFor = async (
  { cache, tokens, api }: ExchangeParts,
  operations: readonly Operation[],
): Promise<Result<undefined, ApiFailure>> => {
  const named = operations.flatMap((operation) => (operation.kind === 'form.attach' ? [operation.payload.sha256] : []));
  for (const sha256 of cache.database.write((writes) => notUploaded(writes, named))) {
    const bytes = cache.files.read(sha256);
    if (!bytes) continue;
    const sent = await authorized(tokens, (accessToken) => api.putAttachment(sha256, bytes, accessToken));
    // Bytes refused for good must not hold the outbox: the centre judges the operation that names them.
    if (!sent.ok && !['too-large', 'bad-request'].includes(sent.error.code)) return sent;
    if (sent.ok) cache.database.write((writes) => noteUploaded(writes, sha256));
  }
  return ok(undefined);
};

const pullAll = async (parts: ExchangeParts): Promise<Result<undefined, ApiFailure>> => {
  for (;;) {
    const after = parts.cache.database.read(readMeta).cursor;
    const pulled = await authorized(parts.tokens, (accessToken) =>
      parts.api.call(routes.pull, { query: { after, limit: pageSize }, accessToken }),
    );
    if (!pulled.ok) return pulled;
    const touched = parts.cache.database.write((writes) => {
      takeServerTime(writes, { server: pulled.value.serverTime, here: parts.now() });
      return takeChanges(writes, pulled.value, parts.person());
    });
    touched.forEach(parts.onFormChanged);
    if (!pulled.value.more) return ok(undefined);
  }
};
