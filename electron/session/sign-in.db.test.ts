import { expect, test } from 'vitest';
import { type Cache, openCache } from '../cache/open-cache.ts';
import { inFolder } from '../cache/testing/cache-with-desk.ts';
import { createApi } from '../sync/api.ts';
import { openFakeCentre } from '../sync/testing/fake-centre.ts';
import { signIn } from './sign-in.ts';

const nowhere = 'http://127.0.0.1:9';

const openEmpty = (folder: string): Cache => {
  const opened = openCache(folder);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

/** Signs in online once with the password `right`, then hands over a desk whose centre is gone. */
const afterOneOnlineSignIn = (
  work: (offline: (password: string, now?: number) => ReturnType<typeof signIn>) => Promise<void>,
) =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const cache = openEmpty(folder);
    const online = await signIn(
      { cache, api: createApi({ server: centre.url, fetch }), now: Date.now },
      { staffNumber: '1001', password: 'right' },
    );
    expect(online).toMatchObject({ ok: true, value: { person: { staffNumber: '1001' } } });
    await centre.close();
    const api = createApi({ server: nowhere, fetch });
    await work((password, now = Date.now()) =>
      signIn({ cache, api, now: () => now }, { staffNumber: '1001', password }),
    );
    cache.database.close();
  });

test('P2 a desk that signed in once opens offline with the same password, and with no other', () =>
  afterOneOnlineSignIn(async (offline) => {
    expect(await offline('wrong')).toEqual({ ok: false, error: { code: 'wrong-password' } });
    expect(await offline('right')).toMatchObject({
      ok: true,
      value: { person: { staffNumber: '1001' }, tokens: undefined },
    });
  }));

test('wrong passwords offline cost a wait, also for the right one', () =>
  afterOneOnlineSignIn(async (offline) => {
    const start = 1_795_000_000_000;
    for (let attempt = 0; attempt < 5; attempt += 1) await offline('wrong', start);
    expect(await offline('right', start + 29_000)).toEqual({ ok: false, error: { code: 'too-many-tries' } });
    expect((await offline('right', start + 31_000)).ok).toBe(true);
  }));

test('a person this desk does not know cannot sign in offline', () =>
  inFolder(async (folder) => {
    const cache = openEmpty(folder);
    const api = createApi({ server: nowhere, fetch });
    expect(await signIn({ cache, api, now: Date.now }, { staffNumber: '8806', password: 'x' })).toEqual({
      ok: false,
      error: { code: 'unreachable-and-unknown-here' },
    });
    cache.database.close();
  }));
