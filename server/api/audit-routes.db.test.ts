import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from '../../contract/http.ts';
import { readChainHead } from '../records/verify-chain.ts';
import { newId } from '../sync/push.fixture.ts';
import { startTestCentre, type TestCentre } from './app.fixture.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
}, 60_000);
afterAll(() => centre?.stop());

const asks = async (staffNumber: string, route: 'auditChain' | 'noteExport', payload?: object) => {
  const { tokens } = await centre.signIn(staffNumber);
  const { method, path } = routes[route];
  const answer = await centre.app.inject({
    method,
    url: path,
    headers: { authorization: `Bearer ${tokens.accessToken}` },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
};

test('the supervisor is told where the audit trail ends, an agent is not', async () => {
  expect(await asks('9001', 'auditChain')).toEqual({ status: 200, body: await readChainHead(centre.records.db) });
  expect(await asks('1001', 'auditChain')).toMatchObject({ status: 403, body: { error: { code: 'not-allowed' } } });
});

test('an export is in the audit with who, how many and of which list; an agent may not take one', async () => {
  const query = { search: newId(), status: null };
  expect(await asks('8001', 'noteExport', { count: 12, query })).toMatchObject({ status: 200 });
  expect(await asks('1001', 'noteExport', { count: 12, query })).toMatchObject({ status: 403 });
  expect(
    await centre.records.db
      .selectFrom('audit')
      .select(['actor', 'details'])
      .where('action', '=', 'forms-exported')
      .execute(),
  ).toEqual([{ actor: '8001', details: { count: 12, query } }]);
});
