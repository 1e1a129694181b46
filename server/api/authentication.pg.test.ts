import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../contract/http.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { addStaff } from '../records/staff.ts';
import { type Authentication, createAuthentication } from './authentication.ts';
import { createPasswords, hashPassword } from './passwords.ts';
import { createThrottle } from './throttle.ts';
import { accessLifeMs, createAccessTokens, refreshLifeMs } from './tokens.ts';

const agent: Person = { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] };

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let authentication: Authentication;
  let now = 1_000_000;
  const ended: string[] = [];

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    await addStaff(records.db, agent, await hashPassword('right'), { actor: null, at: 0 });
    authentication = createAuthentication({
      db: records.db,
      clock: () => now,
      accessTokens: createAccessTokens(Buffer.alloc(32, 1)),
      passwords: await createPasswords(),
      accountThrottle: createThrottle({ tries: 3, windowMs: 60_000 }),
      addressThrottle: createThrottle({ tries: 5, windowMs: 60_000 }),
    });
    authentication.onSessionEnded((session) => ended.push(session));
  }, 60_000);

  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const signIn = async (device: string = randomUUID(), epoch: string | null = null) => {
    const answer = await authentication.signIn({ staffNumber: '1001', password: 'right', device, epoch }, '10.0.0.1');
    if (!answer.ok) throw new Error(answer.error);
    return { device, ...answer.value };
  };
  const refresh = (device: string, refreshToken: string) => authentication.refresh({ device, refreshToken });
  const received = async (device: string, refreshToken: string) => {
    const answer = await refresh(device, refreshToken);
    if (!answer.ok) throw new Error(answer.error);
    return answer.value;
  };

  test('a desk keeps its number for good', async () => {
    const one = await signIn();
    const two = await signIn();
    expect(two.desk).not.toBe(one.desk);
    expect((await signIn(one.device, one.epoch)).desk).toBe(one.desk);
  });

  test('P2 a desk that shows another epoch than its last is a copy, and leaves the other at work', async () => {
    const first = await signIn();
    const again = await signIn(first.device, first.epoch);
    expect(again.epoch).not.toBe(first.epoch);
    const attempt = (shown: string | null, password = 'right') =>
      authentication.signIn({ staffNumber: '1001', password, device: first.device, epoch: shown }, '10.0.0.2');
    for (const shown of [first.epoch, null, randomUUID()]) {
      expect(await attempt(shown)).toEqual({ ok: false, error: 'device-copied' });
    }
    // Nobody learns of a device without the password.
    expect(await attempt(first.epoch, 'wrong')).toEqual({ ok: false, error: 'wrong-password' });
    expect(await authentication.check(again.tokens.accessToken)).toBeDefined();
    expect((await signIn(first.device, again.epoch)).desk).toBe(first.desk);
  });

  test('P2 of a desk and its copy that sign in at once, one goes on under the name', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { device, epoch } = await signIn();
      now += 61_000;
      const attempt = () =>
        authentication.signIn({ staffNumber: '1001', password: 'right', device, epoch }, '10.0.0.3');
      const answers = await Promise.all([attempt(), attempt()]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      const [went] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
      expect(await authentication.check(went?.tokens.accessToken ?? '')).toBeDefined();
    }
  });

  test('P2 a device known from before there were epochs goes on under its name', async () => {
    const { device, desk } = await signIn();
    await records.db.updateTable('devices').set({ epoch: null }).where('id', '=', device).execute();
    expect((await signIn(device, randomUUID())).desk).toBe(desk);
  });

  test('an access token lives 15 minutes and only as it was signed', async () => {
    const { tokens } = await signIn();
    const session = await authentication.check(tokens.accessToken);
    expect(session?.person).toEqual(agent);
    const [claims = '', mac = ''] = tokens.accessToken.split('.');
    const others = createAccessTokens(Buffer.alloc(32, 2));
    const forged = others.sign({ session: session?.id ?? '', pair: 1, endsAt: now + 1_000 });
    for (const bad of [
      '',
      '.',
      'a.b',
      claims,
      `${claims}.`,
      `${claims}.${mac}.x`,
      `${claims}x.${mac}`,
      forged,
      `${claims}.${'A'.repeat(43)}`,
    ]) {
      expect(await authentication.check(bad)).toBeUndefined();
    }
    now += accessLifeMs;
    expect(await authentication.check(tokens.accessToken)).toBeUndefined();
  });

  test('a refresh gives a new pair, for 12 hours, at the desk it was made for', async () => {
    const { device, tokens } = await signIn();
    expect(await refresh(randomUUID(), tokens.refreshToken)).toMatchObject({ ok: false });
    const next = await received(device, tokens.refreshToken);
    expect(await authentication.check(next.accessToken)).toBeDefined();
    now += refreshLifeMs;
    expect(await refresh(device, next.refreshToken)).toMatchObject({ ok: false });
    expect(await refresh(device, 'never issued')).toMatchObject({ ok: false });
  });

  test('a refresh token used again after its successor was used ends the session', async () => {
    const { device, tokens } = await signIn();
    const session = await authentication.check(tokens.accessToken);
    const next = await received(device, tokens.refreshToken);
    await authentication.check(next.accessToken);
    expect(await refresh(device, tokens.refreshToken)).toMatchObject({ ok: false });
    expect(ended).toContain(session?.id);
    expect(await authentication.check(next.accessToken)).toBeUndefined();
    expect(await refresh(device, next.refreshToken)).toMatchObject({ ok: false });
  });

  test('P2 a refresh whose answer was lost with the line may be asked again', async () => {
    const { device, tokens } = await signIn();
    const lost = await received(device, tokens.refreshToken);
    const again = await received(device, tokens.refreshToken);
    expect(await authentication.check(again.accessToken)).toBeDefined();
    // Whoever turns up with the lost one now is not the desk.
    expect(await refresh(device, lost.refreshToken)).toMatchObject({ ok: false });
    expect(await authentication.check(again.accessToken)).toBeUndefined();
  });

  test('two refreshes at once with one token leave one chain', async () => {
    const { device, tokens } = await signIn();
    const [one, two] = await Promise.all([
      received(device, tokens.refreshToken),
      received(device, tokens.refreshToken),
    ]);
    const outcomes = [await refresh(device, one.refreshToken), await refresh(device, two.refreshToken)];
    expect(outcomes.filter((outcome) => outcome.ok).length).toBeLessThan(2);
  });

  test('a session ends by signing out, by the next one at its desk, and when its person leaves', async () => {
    const first = await signIn();
    const second = await signIn(first.device, first.epoch);
    expect(await authentication.check(first.tokens.accessToken)).toBeUndefined();
    const session = await authentication.check(second.tokens.accessToken);
    if (!session) throw new Error('not signed in');
    await authentication.signOut(session);
    expect(await authentication.check(second.tokens.accessToken)).toBeUndefined();
    expect(await refresh(second.device, second.tokens.refreshToken)).toMatchObject({ ok: false });
    const third = await signIn();
    await records.db.updateTable('staff').set({ active: false }).where('staff_number', '=', '1001').execute();
    expect(await authentication.check(third.tokens.accessToken)).toBeUndefined();
    await records.db.updateTable('staff').set({ active: true }).where('staff_number', '=', '1001').execute();
  });

  test('wrong passwords are throttled by account and by address, known account or not', async () => {
    now += 3_600_000;
    const since = now;
    const attempt = async (staffNumber: string, password: string, address: string) => {
      const answer = await authentication.signIn({ staffNumber, password, device: randomUUID(), epoch: null }, address);
      return answer.ok ? 'signed in' : answer.error;
    };
    for (const _try of [1, 2, 3]) expect(await attempt('1001', 'wrong', '10.0.1.1')).toBe('wrong-password');
    expect(await attempt('1001', 'right', '10.0.1.2')).toBe('too-many-tries');
    expect(await attempt('4041', 'wrong', '10.0.1.1')).toBe('wrong-password');
    expect(await attempt('4042', 'wrong', '10.0.1.1')).toBe('wrong-password');
    expect(await attempt('4043', 'wrong', '10.0.1.1')).toBe('too-many-tries');
    now += 61_000;
    expect(await attempt('1001', 'right', '10.0.1.1')).toBe('signed in');
    const refusedOnes = await records.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'sign-in-refused')
      .where('at', '>=', since)
      .execute();
    expect(refusedOnes).toHaveLength(5);
  });

  test('P2 sign-ins while the records are away do not count as tries', async () => {
    const accountThrottle = createThrottle({ tries: 3, windowMs: 60_000 });
    const addressThrottle = createThrottle({ tries: 5, windowMs: 60_000 });
    const shared = {
      ...{ clock: () => now, accessTokens: createAccessTokens(Buffer.alloc(32, 1)), accountThrottle, addressThrottle },
      passwords: await createPasswords(),
    };
    const gone = await engine.open();
    await gone.close();
    const credentials = { staffNumber: '1001', password: 'right', device: randomUUID(), epoch: null };
    const away = createAuthentication({ ...shared, db: gone.db });
    for (let tries = 0; tries < 10; tries += 1) await expect(away.signIn(credentials, '10.0.0.9')).rejects.toThrow();
    const back = createAuthentication({ ...shared, db: records.db });
    expect(await back.signIn(credentials, '10.0.0.9')).toMatchObject({ ok: true });
  });

  test('nothing in the records signs anybody in', async () => {
    const { tokens } = await signIn();
    const kept = JSON.stringify(await records.db.selectFrom('refresh_tokens').selectAll().execute());
    expect(kept).not.toContain(tokens.refreshToken);
  });
});
