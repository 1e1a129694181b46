import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiError, attachmentPath, routes, uploadPath } from '../../contract/http.ts';
import { syncVersion } from '../../contract/sync.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { newId } from '../sync/push.fixture.ts';
import { startTestCentre, type TestCentre } from './app.fixture.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
}, 60_000);
afterAll(() => centre?.stop());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const codeOf = (body: string) => apiError.parse(JSON.parse(body)).error.code;

describe('signing in', () => {
  test('answers as the contract says, staff numbers in either case and with spaces round them', async () => {
    const { person, tokens } = await centre.signIn(' 1001 '.trim());
    expect(person).toMatchObject({ staffNumber: '1001', roles: ['junior-agent'] });
    expect(tokens.accessEndsAt - Date.now()).toBeGreaterThan(14 * 60_000);
  });

  test('a wrong password is told as such and no more', async () => {
    for (const staffNumber of ['1001', '404']) {
      const answer = await centre.app.inject({
        method: 'POST',
        url: routes.signIn.path,
        payload: { staffNumber, password: 'wrong', device: '11111111-1111-4111-8111-111111111111', epoch: null },
      });
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toEqual({
        error: { code: 'wrong-password', message: 'staff number and password do not match' },
      });
    }
  });

  test('signing out ends the session and its SIP account', async () => {
    const { tokens } = await centre.signIn('1001');
    const headers = bearer(tokens.accessToken);
    const sip = await centre.app.inject({ method: 'POST', url: routes.sipAccount.path, headers });
    const account = routes.sipAccount.answer.parse(sip.json());
    const expected = createHash('md5').update(`${account.username}:zuoxi:${account.password}`).digest('hex');
    expect(centre.sipAccounts.find(account.username)).toMatchObject({ seat: '1001', ha1: expected });
    const next = await centre.app.inject({ method: 'POST', url: routes.sipAccount.path, headers });
    expect(centre.sipAccounts.find(account.username)).toBeUndefined();
    expect(await centre.app.inject({ method: 'DELETE', url: routes.signOut.path, headers })).toMatchObject({
      statusCode: 200,
    });
    expect(centre.sipAccounts.find(routes.sipAccount.answer.parse(next.json()).username)).toBeUndefined();
    expect(await centre.app.inject({ method: 'POST', url: routes.sipAccount.path, headers })).toMatchObject({
      statusCode: 401,
    });
  });
});

describe('rights', () => {
  const asked = async (staffNumber: string, method: 'GET' | 'POST', url: string) => {
    const { tokens } = await centre.signIn(staffNumber);
    return (await centre.app.inject({ method, url, headers: bearer(tokens.accessToken) })).statusCode;
  };

  test('go by role: who takes calls gets a SIP account, who reads forms may pull', async () => {
    expect(await asked('1001', 'POST', routes.sipAccount.path)).toBe(200);
    expect(await asked('9001', 'POST', routes.sipAccount.path)).toBe(403);
    expect(await asked('9001', 'GET', routes.pull.path)).toBe(200);
    expect(await asked('0001', 'GET', routes.pull.path)).toBe(403);
    expect(await asked('0001', 'GET', attachmentPath('a'.repeat(64)))).toBe(403);
  });

  test('nothing but the door is open without a token', async () => {
    for (const route of [routes.signOut, routes.sipAccount, routes.push, routes.pull]) {
      const answer = await centre.app.inject({ method: route.method, url: route.path });
      expect(answer.statusCode).toBe(401);
      expect(codeOf(answer.body)).toBe('not-signed-in');
    }
    for (const authorization of ['Bearer', 'Bearer ', 'Basic MTAwMTp4', `Bearer ${'x'.repeat(5_000)}`, 'bearer x']) {
      const answer = await centre.app.inject({ method: 'GET', url: routes.pull.path, headers: { authorization } });
      expect(answer.statusCode).toBe(401);
    }
  });
});

describe('sync over HTTP', () => {
  test('P2 what was pushed is pulled, and a desk of another version is told so', async () => {
    const { tokens, device } = await centre.signIn('1001');
    const headers = bearer(tokens.accessToken);
    const form = newId();
    const operation = {
      id: newId(),
      device,
      seq: 1,
      form,
      madeAt: 1,
      by: '1001',
      kind: 'form.open',
      payload: {
        number: '261124-0099-001-7',
        kind: 'complaint',
        origin: { via: 'desk', channel: 'voice' },
        fields: emptyComplaint,
        attachments: [],
      },
    };
    const push = (version: number) =>
      centre.app.inject({
        method: 'POST',
        url: routes.push.path,
        headers,
        payload: { syncVersion: version, operations: [operation] },
      });
    expect(routes.push.answer.parse((await push(syncVersion)).json()).results).toEqual([
      { id: operation.id, outcome: 'applied' },
    ]);
    const pulled = routes.pull.answer.parse((await centre.app.inject({ url: routes.pull.path, headers })).json());
    expect(pulled.changes.map((change) => change.form.id)).toContain(form);
    expect(codeOf((await push(syncVersion - 1)).body)).toBe('wrong-version');
    expect((await centre.app.inject({ url: `${routes.pull.path}?limit=501`, headers })).statusCode).toBe(400);
    expect((await centre.app.inject({ url: `${routes.pull.path}?after=-1`, headers })).statusCode).toBe(400);
  });
});

describe('attachments', () => {
  const put = async (name: string, bytes: Buffer) => {
    const { tokens } = await centre.signIn('1001');
    return centre.app.inject({
      method: 'PATCH',
      url: `${uploadPath(name)}?offset=0&size=${bytes.length}`,
      headers: { ...bearer(tokens.accessToken), 'content-type': 'image/png' },
      payload: bytes,
    });
  };
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

  test('come back as they were sent, sent once or twice, and are no page for a browser', async () => {
    const bytes = randomBytes(300_000);
    for (const _time of [1, 2]) expect((await put(sha256(bytes), bytes)).statusCode).toBe(200);
    const { tokens } = await centre.signIn('9001');
    const got = await centre.app.inject({ url: attachmentPath(sha256(bytes)), headers: bearer(tokens.accessToken) });
    expect(got.rawPayload.equals(bytes)).toBe(true);
    expect(got.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
  });

  test('S4 a department is told of no file but those of its own forms', async () => {
    const bytes = randomBytes(100);
    expect((await put(sha256(bytes), bytes)).statusCode).toBe(200);
    const { tokens } = await centre.signIn('7001');
    const got = await centre.app.inject({ url: attachmentPath(sha256(bytes)), headers: bearer(tokens.accessToken) });
    expect(got.statusCode).toBe(404);
  });

  test('other bytes than the name says, too many bytes, and names that are none are refused', async () => {
    const bytes = Buffer.from('hello');
    const other = sha256(Buffer.from('other'));
    expect(codeOf((await put(other, bytes)).body)).toBe('other-bytes');
    const tooMany = Buffer.alloc(20 * 1024 * 1024 + 1);
    expect(codeOf((await put(sha256(tooMany), tooMany)).body)).toBe('too-large');
    for (const name of ['..%2f..%2fetc%2fpasswd', 'A'.repeat(64), 'a'.repeat(63)]) {
      expect((await put(name, bytes)).statusCode).toBe(400);
    }
    const { tokens } = await centre.signIn('1001');
    expect(
      (await centre.app.inject({ url: attachmentPath(other), headers: bearer(tokens.accessToken) })).statusCode,
    ).toBe(404);
  });
});

describe('garbage', () => {
  test('never gets more than a refusal in the one shape', async () => {
    const { tokens } = await centre.signIn('1001');
    const paths = [routes.signIn.path, routes.refresh.path, routes.push.path, routes.sipAccount.path, '/nowhere'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
        ),
        fc.constantFrom('application/json', 'text/plain', 'application/xml', 'application/json; charset=gibberish'),
        async (url, payload, type) => {
          const headers = { ...bearer(tokens.accessToken), 'content-type': type };
          const answer = await centre.app.inject({ method: 'POST', url, headers, payload });
          if (answer.statusCode === 200) return;
          expect(answer.statusCode).toBeGreaterThanOrEqual(400);
          expect(answer.statusCode).toBeLessThan(500);
          expect(codeOf(answer.body)).toBeDefined();
        },
      ),
      { numRuns: 150 },
    );
  });

  test('too large a body is told as such, and a stranger is turned away before it is read', async () => {
    const send = (url: string, bytes: number, headers = {}) =>
      centre.app.inject({ method: 'POST', url, headers, payload: { filler: 'x'.repeat(bytes) } });
    const tooLarge = await send(routes.signIn.path, 20_000);
    expect([tooLarge.statusCode, codeOf(tooLarge.body)]).toEqual([413, 'too-large']);
    expect((await send(routes.push.path, 1_000_000)).statusCode).toBe(401);
    const { tokens } = await centre.signIn('1001');
    // Read, and then not what the contract says.
    expect((await send(routes.push.path, 10_000_000, bearer(tokens.accessToken))).statusCode).toBe(400);
  });
});

describe('for those who run the server', () => {
  test('/health is 503 as soon as one organ is not fit', async () => {
    expect(await centre.app.inject('/health')).toMatchObject({ statusCode: 200 });
    centre.fitness.set('switch', false);
    const answer = await centre.app.inject('/health');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({ status: 'unfit', version: '0.0.0', database: 'fit', switch: 'unfit' });
    centre.fitness.set('switch', true);
  });

  test('/metrics tells of queue, seats, calls, sync and requests', async () => {
    const { body } = await centre.app.inject('/metrics');
    for (const name of [
      'zuoxi_queue_waiting',
      'zuoxi_seats{',
      'zuoxi_calls_total{',
      'zuoxi_sync_operations_total{',
      'zuoxi_http_request_seconds_count{',
    ]) {
      expect(body).toContain(name);
    }
    // Nobody is named in a label; a figure may hold any digits.
    expect(body).not.toMatch(/="[^"]*1001/);
  });
});
