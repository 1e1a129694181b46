import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes, uploadPath } from '../../contract/http.ts';
import { startTestCentre, type TestCentre } from '../api/app.fixture.ts';
import { newId } from '../sync/push.fixture.ts';
import { contentOf } from './knowledge.fixture.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
}, 60_000);
afterAll(() => centre?.stop());

const headersOf = async (staffNumber: string) => ({
  authorization: `Bearer ${(await centre.signIn(staffNumber)).tokens.accessToken}`,
});

test('D1 agents pull what is published; what is being written is for those who write and review', async () => {
  const [junior, senior, admin, installer] = [
    await headersOf('1001'),
    await headersOf('8806'),
    await headersOf('5001'),
    await headersOf('0001'),
  ];
  const status = async (headers: typeof junior, url: string) =>
    (await centre.app.inject({ method: 'GET', url, headers })).statusCode;
  const drafts = `${routes.articles.path}?part=draft`;
  expect(await status(junior, routes.articleChanges.path)).toBe(200);
  expect(await status(installer, routes.articleChanges.path)).toBe(403);
  expect(await status(junior, drafts)).toBe(403);
  expect(await status(junior, `${routes.article.path}?article=${randomUUID()}`)).toBe(403);
  for (const headers of [senior, admin]) expect(await status(headers, drafts)).toBe(200);
  expect(await status(admin, `${routes.article.path}?article=${randomUUID()}`)).toBe(404);
  expect(await status(admin, `${routes.articles.path}?part=nonsense`)).toBe(400);
  expect((await centre.app.inject({ url: routes.articleChanges.path })).statusCode).toBe(401);
});

test('D1 the data admin keeps a file and puts it on an article; the supervisor keeps none', async () => {
  const bytes = Buffer.from('资费表');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const put = async (staffNumber: string) =>
    (
      await centre.app.inject({
        method: 'PATCH',
        url: `${uploadPath(sha256)}?offset=0&size=${bytes.length}`,
        headers: { ...(await headersOf(staffNumber)), 'content-type': 'application/octet-stream' },
        payload: bytes,
      })
    ).statusCode;
  expect(await put('9001')).toBe(403);
  expect(await put('5001')).toBe(200);
  const file = { id: randomUUID(), sha256, name: '资费表.pdf', mediaType: 'application/pdf', size: bytes.length };
  const answer = await centre.app.inject({
    method: 'POST',
    url: routes.actOnArticle.path,
    headers: await headersOf('5001'),
    payload: { kind: 'create', article: newId(), content: { ...contentOf('附件'), attachments: [file] } },
  });
  expect(routes.actOnArticle.answer.parse(answer.json())).toMatchObject({
    ok: true,
    value: { article: { createdBy: '5001', versions: [{ content: { attachments: [{ sha256 }] } }] } },
  });
});

test('D1 a refusal of the rules is an answer, what is not in the contract an error', async () => {
  const act = async (payload: object) =>
    centre.app.inject({
      method: 'POST',
      url: routes.actOnArticle.path,
      headers: await headersOf('1001'),
      payload,
    });
  const refused = await act({ kind: 'create', article: newId(), content: contentOf('不许') });
  expect(refused.json()).toEqual({ ok: false, error: { code: 'not-allowed', right: 'knowledge.write' } });
  expect((await act({ kind: 'destroy', article: newId() })).statusCode).toBe(400);
});
