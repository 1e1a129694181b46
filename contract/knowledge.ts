import { z } from 'zod';
import { article, articleSource, contentFields, publishedArticle, versionStates } from '../domain/knowledge/article.ts';
import { articleAction } from '../domain/knowledge/article-actions.ts';
import { validity } from '../domain/knowledge/validity.ts';

export const articleRefusal = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('no-such-article') }),
  z.strictObject({ code: z.literal('article-exists') }),
  z.strictObject({ code: z.literal('not-allowed'), right: z.string() }),
  z.strictObject({ code: z.literal('changed-meanwhile') }),
  z.strictObject({ code: z.literal('not-in-this-state'), state: z.enum(versionStates).nullable() }),
  z.strictObject({ code: z.literal('own-work') }),
  z.strictObject({ code: z.literal('incomplete'), fields: z.array(z.enum(contentFields)).readonly() }),
  z.strictObject({ code: z.literal('validity-over') }),
  z.strictObject({ code: z.literal('attachment-missing'), name: z.string() }),
]);

/** How often an article was used, a form counting once, and what those who used it thought of it last. */
export const articleUses = z.strictObject({ forms: z.int(), helped: z.int(), notHelped: z.int() });
export type ArticleUses = z.infer<typeof articleUses>;

/**
 * Where editors look for an article: at a version being made, at what agents read, or at what is over
 * (retired or dropped). One with a new version in the making stands in two parts.
 */
export const articleParts = ['draft', 'in-review', 'approved', 'published', 'over'] as const;
export type ArticlePart = (typeof articleParts)[number];

export const articleSummary = z.strictObject({
  id: z.uuidv7(),
  /** Of the newest version, in Chinese. */
  title: z.string(),
  openState: z.enum(['draft', 'in-review', 'approved']).nullable(),
  /** Null where agents do not have it. */
  validity: validity.nullable(),
  source: articleSource.nullable(),
  changedBy: z.string(),
  changedAt: z.int(),
  uses: articleUses,
});

export const articleFeedback = z.strictObject({
  version: z.int(),
  form: z.string(),
  /** Empty where the form is not at the centre. */
  formNumber: z.string(),
  by: z.string(),
  at: z.int(),
  helped: z.boolean().nullable(),
  text: z.string(),
});
export type ArticleFeedback = z.infer<typeof articleFeedback>;

/** An article as editors and reviewers see it; feedback newest first, that with a verdict or words. */
export const articleView = z.strictObject({
  article,
  uses: articleUses,
  feedback: z.array(articleFeedback),
});
export type ArticleView = z.infer<typeof articleView>;

/** An article as agents have it after the change at this cursor; null: they have it no more. */
export const articleChange = z.strictObject({
  cursor: z.int().positive(),
  article: z.uuidv7(),
  published: publishedArticle.nullable(),
});
export type ArticleChange = z.infer<typeof articleChange>;

export const articlePage = z.strictObject({
  articles: z.array(articleSummary),
  counts: z.record(z.enum(articleParts), z.int()),
});
export type ArticlePage = z.infer<typeof articlePage>;

/** Why a desk cannot do with an article what it was asked to. */
export const knowledgeFailure = z.union([
  articleRefusal,
  z.strictObject({ code: z.enum(['not-signed-in', 'unreachable', 'not-found', 'too-large']) }),
]);
export type KnowledgeFailure = z.infer<typeof knowledgeFailure>;

/** An article found; an excerpt is the text round the first word looked for, or how the text begins. */
export const articleHit = z.strictObject({
  id: z.uuidv7(),
  version: z.int().positive(),
  titleZh: z.string(),
  /** Empty where the article has no English. */
  titleEn: z.string(),
  excerptZh: z.string(),
  excerptEn: z.string(),
  validTo: validity.shape.to,
});
export type ArticleHit = z.infer<typeof articleHit>;
/** `more`: there are others that a narrower search would show. */
export const articleHits = z.strictObject({ hits: z.array(articleHit), more: z.boolean() });

/** Routes of the knowledge base (D1). */
export const knowledgeRoutes = {
  /** `?after=<cursor>&limit=<1..500>`: what agents may read, in the order of commits. */
  articleChanges: {
    method: 'GET',
    path: '/api/knowledge/changes',
    body: z.undefined(),
    answer: z.strictObject({
      changes: z.array(articleChange),
      cursor: z.int().nonnegative(),
      more: z.boolean(),
    }),
  },
  /** `?part=<part>&title=<words in it>`: last changed first, 200 at most. */
  articles: { method: 'GET', path: '/api/knowledge/articles', body: z.undefined(), answer: articlePage },
  /** `?article=<id>` */
  article: { method: 'GET', path: '/api/knowledge/article', body: z.undefined(), answer: articleView },
  actOnArticle: {
    method: 'POST',
    path: '/api/knowledge/act',
    body: articleAction,
    answer: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), value: articleView }),
      z.strictObject({ ok: z.literal(false), error: articleRefusal }),
    ]),
  },
} as const;
