import { describe, expect, test } from 'vitest';
import { mayDo, type Role, roles } from '../people/roles.ts';
import { actOnArticle } from './act-on-article.ts';
import { actionOf, admin, articleAfter, now, senior } from './article.fixture.ts';
import {
  type Article,
  type ArticleContent,
  openVersion,
  publishedOf,
  type VersionState,
  versionStates,
} from './article.ts';
import { type ArticleActionKind, articleActionKinds } from './article-actions.ts';
import { nextVersionState, versionEvents } from './article-life.ts';

const published = [['create'], ['submit'], ['approve', senior], ['publish']] as const;

/** An article whose newest version is in this state, written by 5001. */
const articles: Record<VersionState, Article> = {
  draft: articleAfter([['create']]),
  'in-review': articleAfter([['create'], ['submit']]),
  approved: articleAfter(published.slice(0, 3)),
  published: articleAfter(published),
  replaced: articleAfter([...published, ['write'], ['submit'], ['approve', senior], ['publish']]),
  retired: articleAfter([...published, ['retire']]),
  dropped: articleAfter([['create'], ['drop']]),
};

/** What each action leads to, for whoever may do it and has not written in the version; nothing: refused. */
const expected: Record<VersionState, Partial<Record<ArticleActionKind, VersionState>>> = {
  draft: { write: 'draft', submit: 'in-review', drop: 'dropped' },
  'in-review': { approve: 'approved', 'send-back': 'draft' },
  approved: { write: 'draft', publish: 'published' },
  published: { write: 'draft', retire: 'retired' },
  // The version after it is the one that is published.
  replaced: { write: 'draft', retire: 'retired' },
  retired: { write: 'draft' },
  dropped: { write: 'draft' },
};

const allowed: Record<ArticleActionKind, readonly Role[]> = {
  create: ['data-admin'],
  propose: ['senior-agent', 'manager-hotline'],
  write: ['data-admin'],
  submit: ['data-admin'],
  approve: ['senior-agent', 'data-admin'],
  'send-back': ['senior-agent', 'data-admin'],
  publish: ['data-admin'],
  retire: ['data-admin'],
  drop: ['data-admin'],
};

describe.each(versionStates)('D1 a version that is %s', (state) => {
  test.each(articleActionKinds)('%s by every role follows the table or is refused with its reason', (kind) => {
    const before = articles[state];
    for (const role of roles) {
      const done = actOnArticle(before, actionOf(kind, before), { staffNumber: '7777', roles: [role], now });
      if (!allowed[kind].includes(role)) {
        expect(done, `${kind} by ${role}`).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
        continue;
      }
      const next = expected[state][kind];
      if (kind === 'create' || kind === 'propose')
        expect(done).toEqual({ ok: false, error: { code: 'article-exists' } });
      else if (!next) expect(done).toMatchObject({ ok: false, error: { code: 'not-in-this-state' } });
      else expect(done.ok && done.value.versions.at(-1)?.life.state, `${kind} by ${role}`).toBe(next);
    }
  });
});

test('D1 the table of the code has no way in or out that is not drawn', () => {
  const ways = versionStates.flatMap((state) =>
    versionEvents.flatMap((event) => {
      const next = nextVersionState(state, event);
      return next ? [`${state} ${event} ${next}`] : [];
    }),
  );
  expect(ways).toEqual([
    'draft write draft',
    'draft submit in-review',
    'draft drop dropped',
    'in-review approve approved',
    'in-review send-back draft',
    'approved write draft',
    'approved publish published',
    'published replace replaced',
    'published retire retired',
  ]);
});

test('D1 four eyes: nobody who has written in a version approves it or sends it back, whatever their roles', () => {
  const both = { ...admin, roles: ['data-admin', 'senior-agent'] as const };
  const other = { ...admin, staffNumber: '5002' };
  const writtenByTwo = articleAfter([['create', other], ['write'], ['submit', other]]);
  for (const kind of ['approve', 'send-back'] as const) {
    for (const author of [both, other]) {
      expect(actOnArticle(writtenByTwo, actionOf(kind, writtenByTwo), author)).toEqual({
        ok: false,
        error: { code: 'own-work' },
      });
    }
    expect(actOnArticle(writtenByTwo, actionOf(kind, writtenByTwo), senior).ok).toBe(true);
  }
});

test('D1 what was approved and is changed again needs another review', () => {
  const changed = articleAfter([...published.slice(0, 3), ['write']]);
  expect(actOnArticle(changed, actionOf('publish', changed), admin)).toEqual({
    ok: false,
    error: { code: 'not-in-this-state', state: 'draft' },
  });
});

test('D1 a new version leaves the published one standing until it is published itself', () => {
  const writing = articleAfter([...published, ['write'], ['submit'], ['approve', senior]]);
  expect(publishedOf(writing)).toMatchObject({ version: 1, content: { zh: { title: '宽带断网' } } });
  expect(openVersion(writing)).toMatchObject({ version: 2, life: { state: 'approved' } });
  const { replaced } = articles;
  expect(publishedOf(replaced)).toMatchObject({ version: 2, content: { zh: { title: '宽带断网（新）' } } });
  expect(replaced.versions.map(({ life }) => life.state)).toEqual(['replaced', 'published']);
  expect(publishedOf(articles.retired)).toBeUndefined();
});

test('D1 who acts on what somebody has changed since is told so', () => {
  const seen = articles.draft;
  const changed = articleAfter([['create'], ['write', { ...admin, staffNumber: '5002' }]]);
  expect(actOnArticle(changed, actionOf('submit', seen), admin)).toEqual({
    ok: false,
    error: { code: 'changed-meanwhile' },
  });
  expect(actOnArticle(undefined, actionOf('submit', seen), admin)).toEqual({
    ok: false,
    error: { code: 'no-such-article' },
  });
});

test('D1 a reviewer is not sent what has gaps: Chinese whole, English whole or not at all', () => {
  const before = articles.draft;
  const base: ArticleContent = { zh: { title: '标题', body: '正文' }, en: null, keywords: [], attachments: [] };
  const submitted = (content: Partial<ArticleContent>) => {
    const action = { kind: 'create', article: before.id, content: { ...base, ...content } } as const;
    const made = actOnArticle(undefined, action, admin);
    return made.ok && actOnArticle(made.value, actionOf('submit', before), admin);
  };
  expect(submitted({})).toMatchObject({ ok: true });
  expect(submitted({ zh: { title: ' ', body: '' } })).toEqual({
    ok: false,
    error: { code: 'incomplete', fields: ['zh.title', 'zh.body'] },
  });
  expect(submitted({ en: { title: 'Title', body: '' } })).toEqual({
    ok: false,
    error: { code: 'incomplete', fields: ['en.body'] },
  });
});

test('D1 nothing is published that is over before it begins, or over today in China', () => {
  const { approved } = articles;
  const publish = (from: string, to: string | null, at = now) =>
    actOnArticle(
      approved,
      { kind: 'publish', article: approved.id, revision: approved.revision, validity: { from, to } },
      { ...admin, now: at },
    );
  expect(publish('2026-12-01', '2026-12-31').ok).toBe(true);
  expect(publish('2026-11-01', '2026-11-24').ok).toBe(true);
  expect(publish('2026-12-01', '2026-11-30')).toEqual({ ok: false, error: { code: 'validity-over' } });
  expect(publish('2026-11-01', '2026-11-23')).toEqual({ ok: false, error: { code: 'validity-over' } });
  // 16:00 UTC is the next day in China.
  expect(publish('2026-11-01', '2026-11-24', Date.UTC(2026, 10, 24, 16)).ok).toBe(false);
});

test('S2 a senior agent hands in, the data admin alone goes on with it, another reviews', () => {
  const proposed = articleAfter([['propose', senior]]);
  expect(proposed).toMatchObject({ source: { number: '261124-0017-001-7' }, createdBy: '8806' });
  expect(mayDo(senior.roles, 'knowledge.write')).toBe(false);
  const worked = articleAfter([['propose', senior], ['write'], ['submit']]);
  // The method is the senior agent's own.
  expect(actOnArticle(worked, actionOf('approve', worked), senior)).toEqual({ ok: false, error: { code: 'own-work' } });
  expect(actOnArticle(worked, actionOf('approve', worked), { ...admin, staffNumber: '5002' }).ok).toBe(true);
});
