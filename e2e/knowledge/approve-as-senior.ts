import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { routes } from '../../contract/http.ts';

/** The senior agent of the demo reads the article by this title and approves it, from elsewhere. */
export const approveAsSenior = async (url: string, title: string): Promise<void> => {
  const ask = async <Answer extends z.ZodType>(
    route: { readonly method: string; readonly path: string; readonly answer: Answer },
    request: { readonly query?: string; readonly body?: unknown; readonly token?: string },
  ): Promise<z.output<Answer>> => {
    const response = await fetch(`${url}${route.path}${request.query ?? ''}`, {
      method: route.method,
      headers: {
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
    return route.answer.parse(await response.json());
  };
  const credentials = { staffNumber: '8806', password: 'zuoxi-8806', device: randomUUID(), epoch: null };
  const { tokens } = await ask(routes.signIn, { body: credentials });
  const token = tokens.accessToken;
  const { articles } = await ask(routes.articles, { query: '?part=in-review', token });
  const waiting = articles.find((one) => one.title === title);
  if (!waiting) throw new Error(`${title} does not wait for review`);
  const { article } = await ask(routes.article, { query: `?article=${waiting.id}`, token });
  const body = { kind: 'approve', article: article.id, revision: article.revision };
  const done = await ask(routes.actOnArticle, { body, token });
  if (!done.ok) throw new Error(`not approved: ${done.error.code}`);
};
