import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { routes } from '../../contract/http.ts';
import { articleParts } from '../../contract/knowledge.ts';
import type { Authentication } from '../api/authentication.ts';
import { ApiFailure } from '../api/failure.ts';
import { mountRoute, readBody } from '../api/mount-route.ts';
import type { Tables } from '../records/tables.ts';
import type { Knowledge } from './create-knowledge.ts';
import { listArticles } from './list-articles.ts';
import { pullArticles } from './pull-articles.ts';

const changesQuery = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
const listQuery = z.strictObject({ part: z.enum(articleParts), title: z.string().max(200).default('') });
const articleQuery = z.strictObject({ article: z.uuid() });

/** An article in two languages with its attachments' names, each sign the longest JSON has for one. */
const maxActionBytes = 512 * 1024;

export interface KnowledgeRoutesParts {
  readonly authentication: Authentication;
  readonly db: Kysely<Tables>;
  readonly knowledge: Knowledge;
}

export const knowledgeRoutes = (app: FastifyInstance, parts: KnowledgeRoutesParts): void => {
  const { authentication, db, knowledge } = parts;

  mountRoute(app, routes.articleChanges, { authentication, needs: 'form.read' }, async (_body, _session, request) => {
    const { after, limit } = readBody(changesQuery, request.query);
    const { changes, cursor, more } = await pullArticles(db, after, limit);
    return { changes: [...changes], cursor, more };
  });

  mountRoute(app, routes.articles, { authentication, needs: 'knowledge.review' }, (_body, _session, request) =>
    listArticles(db, readBody(listQuery, request.query)),
  );

  mountRoute(app, routes.article, { authentication, needs: 'knowledge.review' }, async (_body, _session, request) => {
    const view = await knowledge.read(readBody(articleQuery, request.query).article);
    if (!view) throw new ApiFailure('not-found', 'no such article');
    return view;
  });

  // Rights are the domain's to judge, action by action.
  mountRoute(
    app,
    routes.actOnArticle,
    { authentication, needs: 'a session', maxBodyBytes: maxActionBytes },
    (action, { person }) => knowledge.act(action, person),
  );
};
