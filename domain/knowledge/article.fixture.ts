import type { Role } from '../people/roles.ts';
import { actOnArticle } from './act-on-article.ts';
import { type Article, type ArticleContent, emptyContent } from './article.ts';
import type { ArticleAction } from './article-actions.ts';

/** 24 November 2026, 10:00 in China. */
export const now = Date.UTC(2026, 10, 24, 2);

export const admin = { staffNumber: '5001', roles: ['data-admin'] as readonly Role[], now };
export const senior = { staffNumber: '8806', roles: ['senior-agent'] as readonly Role[], now };

export const articleId = '019ab000-0000-7000-8000-0000000000a1';

export const content = (title = '宽带断网'): ArticleContent => ({
  ...emptyContent,
  zh: { title, body: '先看光猫的指示灯。' },
});

type Steps = readonly (readonly [kind: ArticleAction['kind'], by?: typeof admin])[];

/** An article after these steps, each by the data admin unless said otherwise; all must be allowed. */
export const articleAfter = (steps: Steps, id = articleId): Article => {
  let made: Article | undefined;
  for (const [kind, by = admin] of steps) {
    const done = actOnArticle(made, actionOf(kind, made, id), by);
    if (!done.ok) throw new Error(`${kind}: ${done.error.code}`);
    made = done.value;
  }
  if (!made) throw new Error('no steps');
  return made;
};

/** An action of this kind as one who has seen the article would ask for it. */
export const actionOf = (kind: ArticleAction['kind'], before: Article | undefined, id = articleId): ArticleAction => {
  const seen = { article: id, revision: before?.revision ?? 1 };
  switch (kind) {
    case 'create':
      return { kind, article: id, content: content() };
    case 'propose':
      return { kind, article: id, content: content(), source: { form: id, number: '261124-0017-001-7' } };
    case 'write':
      return { kind, ...seen, content: content('宽带断网（新）') };
    case 'submit':
    case 'approve':
      return { kind, ...seen };
    case 'publish':
      return { kind, ...seen, validity: { from: '2026-11-24', to: null } };
    case 'send-back':
    case 'retire':
    case 'drop':
      return { kind, ...seen, reason: '资费已变' };
    default:
      return kind satisfies never;
  }
};
