import { expect, test } from 'vitest';
import { type Cache, openCache } from '../cache/open-cache.ts';
import { inFolder, testKey } from '../cache/testing/cache-with-desk.ts';
import { createApi } from '../sync/api.ts';
import { openFakeCentre } from '../sync/testing/fake-centre.ts';
import { signIn } from './sign-in.ts';

const nowhere = 'http://127.0.0.1:9';

const openEmpty = (folder: string): Cache => {
  const opened = openCache(folder, testKey);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

test('P2 a desk that signed in once opens offline for the person it knows', () =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const cache = openEmpty(folder);
    const credentials = { staffNumber: '1001', password: 'right' };
    const online = await signIn({ cache, api: createApi({ server: centre.url, fetch }), now: Date.now }, credentials);
    expect(online).toMatchObject({ ok: true, value: { person: { staffNumber: '1001' } } });
    await centre.close();
    const offline = await signIn({ cache, api: createApi({ server: nowhere, fetch }), now: Date.now }, credentials);
    expect(offline).toMatchObject({ ok: true, value: { person: { staffNumber: '1001' }, tokens: undefined } });
    cache.database.close();
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
