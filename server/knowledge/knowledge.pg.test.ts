import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { addStaff } from '../records/staff.ts';
import { agent, newId, otherAgent, pushInto, seniorAgent, signInAt, type TestDesk } from '../sync/push.fixture.ts';
import { createKnowledge, type Knowledge } from './create-knowledge.ts';
import { contentOf, dataAdmin, doNow, publish, secondAdmin } from './knowledge.fixture.ts';
import { listArticles } from './list-articles.ts';
import { pullArticles } from './pull-articles.ts';

const now = Date.UTC(2026, 10, 24, 2);
const always = { from: '2026-11-24', to: null };

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let knowledge: Knowledge;
  const told: number[] = [];

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    for (const person of [dataAdmin, secondAdmin, seniorAgent, agent])
      await addStaff(records.db, person, 'none', { actor: null, at: 0 });
    knowledge = createKnowledge({ db: records.db, clock: () => now, onGrown: (cursor) => told.push(cursor) });
  }, 60_000);

  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const end = async () => (await pullArticles(records.db, 0, 500)).cursor;
  const auditOf = async (article: string) =>
    (await records.db.selectFrom('audit').selectAll().where('subject', '=', article).orderBy('id').execute()).map(
      ({ actor, action }) => `${actor} ${action}`,
    );

  test('D1 from the first word to retirement: four eyes, versions, validity, each step audited', async () => {
    const article = newId();
    const from = await end();
    const as = (by: typeof dataAdmin, step: Parameters<typeof doNow>[3]) => doNow(knowledge, article, by, step);
    const pulled = async () => (await pullArticles(records.db, from, 500)).changes.map(({ published }) => published);

    expect(await as(agent, { kind: 'create', content: contentOf('断网') })).toBe('not-allowed');
    expect(await as(dataAdmin, { kind: 'create', content: contentOf('断网') })).toBe('draft');
    expect(await as(dataAdmin, { kind: 'submit' })).toBe('in-review');
    expect(await as(dataAdmin, { kind: 'approve' })).toBe('own-work');
    expect(await as(agent, { kind: 'approve' })).toBe('not-allowed');
    expect(await as(seniorAgent, { kind: 'send-back', reason: '写明时限' })).toBe('draft');
    expect(await as(dataAdmin, { kind: 'publish', validity: always })).toBe('not-in-this-state');
    expect(await as(dataAdmin, { kind: 'write', content: contentOf('断网（二）') })).toBe('draft');
    expect(await as(dataAdmin, { kind: 'submit' })).toBe('in-review');
    expect(await as(seniorAgent, { kind: 'approve' })).toBe('approved');
    expect(await as(seniorAgent, { kind: 'publish', validity: always })).toBe('not-allowed');
    expect(await pulled()).toEqual([]);
    expect(await as(dataAdmin, { kind: 'publish', validity: { from: '2026-12-01', to: '2026-12-31' } })).toBe(
      'published',
    );
    expect(await pulled()).toMatchObject([{ version: 1, validity: { from: '2026-12-01', to: '2026-12-31' } }]);

    expect(await as(secondAdmin, { kind: 'write', content: contentOf('断网（三）') })).toBe('draft');
    expect(await pulled()).toMatchObject([{ version: 1, content: { zh: { title: '断网（二）' } } }]);
    expect(await as(secondAdmin, { kind: 'submit' })).toBe('in-review');
    expect(await as(dataAdmin, { kind: 'approve' })).toBe('approved');
    expect(await as(secondAdmin, { kind: 'publish', validity: always })).toBe('published');
    expect(await pulled()).toMatchObject([{ version: 2, content: { zh: { title: '断网（三）' } } }]);
    expect((await knowledge.read(article))?.article.versions).toMatchObject([
      { version: 1, authors: ['5001'], life: { state: 'replaced', reviewed: { by: '8806' } } },
      { version: 2, authors: ['5002'], life: { state: 'published', reviewed: { by: '5001' } } },
    ]);

    expect(await as(dataAdmin, { kind: 'retire', reason: '资费下线' })).toBe('retired');
    expect(await pulled()).toEqual([null]);
    expect(await auditOf(article)).toEqual([
      '5001 article-create',
      '5001 article-submit',
      '8806 article-send-back',
      '5001 article-write',
      '5001 article-submit',
      '8806 article-approve',
      '5001 article-publish',
      '5002 article-write',
      '5002 article-submit',
      '5001 article-approve',
      '5002 article-publish',
      '5001 article-retire',
    ]);
  });

  test('D1 an action asked again after its answer was lost makes no second article', async () => {
    const article = newId();
    const create = { kind: 'create', article, content: contentOf('一次') } as const;
    const [first, again] = [await knowledge.act(create, dataAdmin), await knowledge.act(create, dataAdmin)];
    expect(again).toEqual(first);
    expect(await knowledge.act(create, secondAdmin)).toEqual({ ok: false, error: { code: 'article-exists' } });
    expect(await auditOf(article)).toHaveLength(1);
  });

  test('D1 of two who write at once one is told, and nothing is overwritten in silence', async () => {
    const article = newId();
    await knowledge.act({ kind: 'create', article, content: contentOf('同时') }, dataAdmin);
    const done = await Promise.all(
      [dataAdmin, secondAdmin].map((by) =>
        knowledge.act({ kind: 'write', article, revision: 1, content: contentOf(by.name) }, by),
      ),
    );
    expect(done.map((one) => (one.ok ? 'done' : one.error.code)).sort()).toEqual(['changed-meanwhile', 'done']);
  });

  test('S2 a hard case names its form, and stands among the drafts of the data admin', async () => {
    const article = newId();
    const source = { form: newId(), number: '261124-0017-001-7' };
    const propose = { kind: 'propose', article, content: contentOf('疑难'), source } as const;
    expect(await knowledge.act(propose, agent)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(await knowledge.act(propose, seniorAgent)).toMatchObject({ ok: true });
    const { articles, counts } = await listArticles(records.db, { part: 'draft', title: '疑' });
    expect(articles).toMatchObject([{ id: article, source, openState: 'draft', validity: null, changedBy: '8806' }]);
    expect(counts.draft).toBeGreaterThanOrEqual(1);
  });

  test('D1 an article with a file that the centre does not have is refused by the name of the file', async () => {
    const file = {
      id: crypto.randomUUID(),
      sha256: 'a'.repeat(64),
      name: '资费.pdf',
      mediaType: 'application/pdf',
      size: 9,
    };
    const create = {
      kind: 'create',
      article: newId(),
      content: { ...contentOf('附件'), attachments: [file] },
    } as const;
    expect(await knowledge.act(create, dataAdmin)).toEqual({
      ok: false,
      error: { code: 'attachment-missing', name: '资费.pdf' },
    });
    const row = { sha256: file.sha256, size: 9, stored_at: 0, stored_by: '5001' };
    await records.db.insertInto('attachments').values(row).execute();
    expect(await knowledge.act(create, dataAdmin)).toMatchObject({ ok: true });
  });

  test('D1 NUL and half an emoji in what is pasted come through', async () => {
    const article = newId();
    const odd = 'a\u0000b \ud83d "引号" \\';
    expect(await doNow(knowledge, article, dataAdmin, { kind: 'create', content: contentOf(odd) })).toBe('draft');
    expect((await knowledge.read(article))?.article.versions[0]?.content.zh.title).toBe(odd);
    expect(await doNow(knowledge, article, dataAdmin, { kind: 'drop', reason: odd })).toBe('dropped');
  });

  test('D1 uses come from the forms: each operation counts once, a form once, the last verdict of each agent', async () => {
    const article = await publish(knowledge, '采用', always, seniorAgent);
    const push = pushInto(records, { clock: () => now });
    const desks = [await signInAt(records, agent), await signInAt(records, otherAgent)] as const;
    const forms = [newId(), newId()] as const;
    const use = (desk: TestDesk, form: string, helped: boolean | null, text: string) =>
      desk.make('form.use-article', form, { article, version: 1, helped, text });
    const batches = [
      [
        desks[0].open(forms[0]),
        use(desks[0], forms[0], null, ''),
        use(desks[0], forms[0], false, '没有写时限'),
        use(desks[0], forms[0], true, '补看第二条\u0000有用'),
      ],
      [desks[1].open(forms[1]), use(desks[1], forms[1], false, ''), use(desks[1], forms[0], null, '')],
    ];
    for (const [index, batch] of batches.entries()) {
      for (const _again of [1, 2]) await push.take(batch, desks[index === 0 ? 0 : 1].session);
    }
    const view = await knowledge.read(article);
    expect(view?.uses).toEqual({ forms: 2, helped: 1, notHelped: 1 });
    expect(view?.feedback.map(({ by, helped, text }) => [by, helped, text])).toEqual(
      expect.arrayContaining([
        ['1001', false, '没有写时限'],
        ['1001', true, '补看第二条有用'],
        ['1002', false, ''],
      ]),
    );
    expect(view?.feedback).toHaveLength(3);
    expect(view?.feedback[0]?.formNumber).toMatch(/^261124-/);
    const { articles } = await listArticles(records.db, { part: 'published', title: '采用' });
    expect(articles).toMatchObject([{ id: article, uses: { forms: 2, helped: 1, notHelped: 1 } }]);
  });

  test('S2 an assessment as a hard case is a draft for the data admin in the same step, once', async () => {
    const push = pushInto(records, { clock: () => now });
    const [junior, senior] = [await signInAt(records, agent), await signInAt(records, seniorAgent)];
    const form = newId();
    const edit = junior.make('form.edit', form, { from: { text: '' }, to: { text: '携号转网后仍扣宽带费' } });
    await push.take([junior.open(form), edit], junior.session);
    const finding = { id: crypto.randomUUID(), agent: '1001', clause: '', weight: 0 };
    const hard = senior.make('form.assess', form, { ...finding, finding: 'hard-case', text: '按转出日期退费' });
    for (const _again of [1, 2]) expect((await push.take([hard], senior.session)).results).toHaveLength(1);
    const view = await knowledge.read(hard.id);
    expect(view?.article).toMatchObject({
      createdBy: '8806',
      source: { form },
      versions: [{ life: { state: 'draft' }, content: { zh: { title: '携号转网后仍扣宽带费' } } }],
    });
    expect(view?.article.versions[0]?.content.zh.body).toContain('按转出日期退费');
    expect(await auditOf(hard.id)).toEqual(['8806 article-propose']);
  });

  test('D1 desks that pull while many publish pass no article by', async () => {
    const from = await end();
    const titles = Array.from({ length: 12 }, (_, index) => `同时发布${index}`);
    const seen: string[] = [];
    let after = from;
    let publishing = true;
    const pulling = (async () => {
      while (publishing) {
        const page = await pullArticles(records.db, after, 3);
        after = page.cursor;
        seen.push(...page.changes.map(({ article }) => article));
      }
    })();
    const published = await Promise.all(titles.map((title) => publish(knowledge, title, always, seniorAgent)));
    publishing = false;
    await pulling;
    const rest = await pullArticles(records.db, after, 500);
    expect(rest.more).toBe(false);
    expect([...seen, ...rest.changes.map(({ article }) => article)].sort()).toEqual([...published].sort());
    expect(told.slice(-12).sort((one, two) => one - two)).toEqual(titles.map((_, index) => from + index + 1));
  });
});
