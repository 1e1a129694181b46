import { createHash } from 'node:crypto';
import { v4 as uuidV4 } from 'uuid';
import { routes } from '../../contract/http.ts';
import type { KnowledgeFailure } from '../../contract/knowledge.ts';
import { attachment } from '../../domain/forms/complaint.ts';
import { chinaDay } from '../../domain/knowledge/validity.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { uploadBytes } from '../files/upload-file.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Workplace } from '../session/workplace.ts';
import type { ApiFailure } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import { readArticle, searchArticles } from './search-articles.ts';

type Names =
  | 'knowledge.search'
  | 'knowledge.read'
  | 'knowledge.list'
  | 'knowledge.view'
  | 'knowledge.act'
  | 'knowledge.keep-file';

/** Articles: looked up in the cache, written at the centre. */
export const knowledgeHandlers = (sessions: Sessions): HandlersOf<Names> => {
  const atCentre = async <Value>(
    ask: (workplace: Workplace, accessToken: string) => Promise<Result<Value, ApiFailure>>,
  ): Promise<Result<Value, KnowledgeFailure>> => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    const answered = await authorized(workplace.tokens, (accessToken) => ask(workplace, accessToken));
    return answered.ok ? answered : refused(failureOf(answered.error));
  };
  return {
    'knowledge.search': ({ text, limit }) => {
      const workplace = sessions.current();
      if (!workplace) return { hits: [], more: false };
      const today = chinaDay(workplace.author().now);
      return workplace.cache.database.read((reads) => searchArticles(reads, { text, limit, today }));
    },
    'knowledge.read': ({ article }) => {
      const workplace = sessions.current();
      if (!workplace) return null;
      const today = chinaDay(workplace.author().now);
      return workplace.cache.database.read((reads) => readArticle(reads, article, today)) ?? null;
    },
    'knowledge.list': (query) => atCentre(({ api }, accessToken) => api.call(routes.articles, { query, accessToken })),
    'knowledge.view': (query) => atCentre(({ api }, accessToken) => api.call(routes.article, { query, accessToken })),
    'knowledge.act': async (body) => {
      const answered = await atCentre(({ api }, accessToken) => api.call(routes.actOnArticle, { body, accessToken }));
      return answered.ok ? answered.value : answered;
    },
    'knowledge.keep-file': async ({ name, mediaType, bytes }) => {
      if (bytes.length > (attachment.shape.size.maxValue ?? 0)) return refused({ code: 'too-large' });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const workplace = sessions.current();
      if (!workplace) return refused({ code: 'not-signed-in' });
      const kept = await uploadBytes({ ...workplace, now: Date.now }, sha256, Uint8Array.from(bytes));
      if (!kept.ok) return refused(failureOf(kept.error));
      return ok({ id: uuidV4(), sha256, name, mediaType, size: bytes.length });
    },
  };
};

const failureOf = ({ code }: ApiFailure): KnowledgeFailure => {
  switch (code) {
    case 'not-found':
    case 'too-large':
    case 'not-signed-in':
      return { code };
    case 'not-allowed':
      return { code, right: 'knowledge.review' };
    default:
      return { code: 'unreachable' };
  }
};
