import type { Person } from '../../contract/http.ts';
import type { ArticleContent } from '../../domain/knowledge/article.ts';
import type { ArticleAction } from '../../domain/knowledge/article-actions.ts';
import { newId } from '../sync/push.fixture.ts';
import type { Knowledge } from './create-knowledge.ts';

export const dataAdmin: Person = { staffNumber: '5001', name: '何佳', roles: ['data-admin'], languages: ['zh'] };
export const secondAdmin: Person = { staffNumber: '5002', name: '郑芳', roles: ['data-admin'], languages: ['zh'] };

export const contentOf = (title: string): ArticleContent => ({
  zh: { title, body: `${title}的办法` },
  en: null,
  keywords: [],
  attachments: [],
});

type Step = {
  readonly [Kind in ArticleAction['kind']]: Omit<Extract<ArticleAction, { kind: Kind }>, 'article' | 'revision'>;
}[ArticleAction['kind']];

/** Does this with the article as it stands now; answers the state of its newest version, or why not. */
export const doNow = async (knowledge: Knowledge, article: string, by: Person, step: Step): Promise<string> => {
  const revision = (await knowledge.read(article))?.article.revision ?? 1;
  // The kinds and what they carry are tied by `Step`; TypeScript cannot follow through the union.
  const done = await knowledge.act({ ...step, article, revision } as ArticleAction, by);
  return done.ok ? (done.value.article.versions.at(-1)?.life.state ?? '') : done.error.code;
};

/** Writes and publishes an article by this title; its id. */
export const publish = async (
  knowledge: Knowledge,
  title: string,
  validity: { readonly from: string; readonly to: string | null },
  reviewer: Person,
): Promise<string> => {
  const article = newId();
  await knowledge.act({ kind: 'create', article, content: contentOf(title) }, dataAdmin);
  await doNow(knowledge, article, dataAdmin, { kind: 'submit' });
  await doNow(knowledge, article, reviewer, { kind: 'approve' });
  await doNow(knowledge, article, dataAdmin, { kind: 'publish', validity });
  return article;
};
