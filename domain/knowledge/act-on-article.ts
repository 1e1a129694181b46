import { mayDo, type Role } from '../people/roles.ts';
import { ok, type Result, refused } from '../result.ts';
import {
  type Article,
  type ArticleContent,
  type ArticleVersion,
  missingInContent,
  openVersion,
  type VersionLife,
} from './article.ts';
import type { ArticleAction, ArticleRefusal } from './article-actions.ts';
import { nextVersionState, type VersionEvent, versionRules } from './article-life.ts';
import { chinaDay, standingOn, type Validity } from './validity.ts';

/** Who acts, and when (server time, ms). */
export interface ArticleAuthor {
  readonly staffNumber: string;
  readonly roles: readonly Role[];
  readonly now: number;
}

type Opening = Extract<ArticleAction, { kind: 'create' | 'propose' }>;
type Change = Exclude<ArticleAction, Opening>;

/** The one rule for what an action makes of an article (D1, S2). */
export const actOnArticle = (
  before: Article | undefined,
  action: ArticleAction,
  author: ArticleAuthor,
): Result<Article, ArticleRefusal> => {
  if (action.kind === 'create' || action.kind === 'propose') return openArticle(before, action, author);
  const { right, eyes } = versionRules[action.kind];
  if (!mayDo(author.roles, right)) return refused({ code: 'not-allowed', right });
  if (!before) return refused({ code: 'no-such-article' });
  if (before.revision !== action.revision) return refused({ code: 'changed-meanwhile' });
  const version = versionFor(before, action.kind);
  if (action.kind === 'write' && !version) return ok(withNewVersion(before, action.content, author));
  if (!version || !nextVersionState(version.life.state, action.kind)) {
    return refused({ code: 'not-in-this-state', state: version?.life.state ?? null });
  }
  if (eyes === 'others' && version.authors.includes(author.staffNumber)) return refused({ code: 'own-work' });
  return changeVersion(before, version, action, author);
};

/** The version an action is about: the open one, or for `retire` the published one. */
const versionFor = (article: Article, event: VersionEvent): ArticleVersion | undefined =>
  event === 'retire' ? article.versions.find(({ life }) => life.state === 'published') : openVersion(article);

const openArticle = (
  before: Article | undefined,
  action: Opening,
  { staffNumber: by, roles, now: at }: ArticleAuthor,
): Result<Article, ArticleRefusal> => {
  const right = action.kind === 'create' ? 'knowledge.write' : 'knowledge.propose';
  if (!mayDo(roles, right)) return refused({ code: 'not-allowed', right });
  if (before) return refused({ code: 'article-exists' });
  return ok({
    id: action.article,
    revision: 1,
    source: action.kind === 'propose' ? action.source : null,
    createdBy: by,
    createdAt: at,
    versions: [draft(1, action.content, by, at)],
  });
};

const draft = (version: number, content: ArticleContent, by: string, at: number): ArticleVersion => ({
  version,
  content,
  authors: [by],
  writtenAt: at,
  life: { state: 'draft', sentBack: null },
});

const withNewVersion = (article: Article, content: ArticleContent, { staffNumber, now }: ArticleAuthor): Article => ({
  ...article,
  revision: article.revision + 1,
  versions: [...article.versions, draft(article.versions.length + 1, content, staffNumber, now)],
});

/** What an action that is allowed makes of the version it is about. */
const changeVersion = (
  article: Article,
  version: ArticleVersion,
  action: Change,
  { staffNumber: by, now: at }: ArticleAuthor,
): Result<Article, ArticleRefusal> => {
  const { life } = version;
  const lives = (next: VersionLife): Result<Article, ArticleRefusal> =>
    ok(changed(article, { ...version, life: next }));
  switch (action.kind) {
    case 'write': {
      const authors = [...version.authors.filter((one) => one !== by), by];
      const sentBack = life.state === 'draft' ? life.sentBack : null;
      const written = { ...version, content: action.content, authors, writtenAt: at };
      return ok(changed(article, { ...written, life: { state: 'draft', sentBack } }));
    }
    case 'submit': {
      const missing = missingInContent(version.content);
      return missing.length > 0
        ? refused({ code: 'incomplete', fields: missing })
        : lives({ state: 'in-review', by, at });
    }
    case 'approve':
      return lives({ state: 'approved', reviewed: { by, at } });
    case 'send-back':
      return lives({ state: 'draft', sentBack: { by, at, reason: action.reason } });
    case 'publish': {
      if (life.state !== 'approved') return refused({ code: 'not-in-this-state', state: life.state });
      if (isOver(action.validity, at)) return refused({ code: 'validity-over' });
      const { reviewed } = life;
      const made = {
        ...version,
        life: { state: 'published', reviewed, published: { by, at, validity: action.validity } },
      } as const;
      return ok(replaceOlder(changed(article, made), made.version, { by, at }));
    }
    case 'retire':
      if (life.state !== 'published') return refused({ code: 'not-in-this-state', state: life.state });
      return lives({ ...life, state: 'retired', by, at, reason: action.reason });
    case 'drop':
      return lives({ state: 'dropped', by, at, reason: action.reason });
    default:
      return action satisfies never;
  }
};

const isOver = (validity: Validity, at: number): boolean =>
  (validity.to !== null && validity.to < validity.from) || standingOn(validity, chinaDay(at)) === 'over';

const changed = (article: Article, version: ArticleVersion): Article => ({
  ...article,
  revision: article.revision + 1,
  versions: article.versions.map((one) => (one.version === version.version ? version : one)),
});

const replaceOlder = (
  article: Article,
  newest: number,
  step: { readonly by: string; readonly at: number },
): Article => ({
  ...article,
  versions: article.versions.map((one) =>
    one.version < newest && one.life.state === 'published'
      ? { ...one, life: { ...one.life, state: 'replaced', ...step } }
      : one,
  ),
});
