import { expect, test } from 'vitest';
import { createNonceMint, digestChallenges, digestResponse, digestSecret, parseDigestCredentials } from './digest.ts';

// RFC 7616 section 3.9.1: the example for MD5 and SHA-256.
const example = {
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  uri: '/dir/index.html',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  nonceCount: '00000001',
};

test.each([
  ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
] as const)('the example of RFC 7616 in %s', (algorithm, response) => {
  const secret = digestSecret(algorithm, 'Mufasa', 'http-auth@example.org', 'Circle of Life');
  expect(digestResponse(secret, 'GET', { ...example, algorithm })).toBe(response);
});

test('the example of RFC 2617', () => {
  const given = {
    nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
    uri: '/dir/index.html',
    cnonce: '0a4f113b',
    nonceCount: '00000001',
    algorithm: 'MD5' as const,
  };
  const secret = digestSecret('MD5', 'Mufasa', 'testrealm@host.com', 'Circle Of Life');
  expect(digestResponse(secret, 'GET', given)).toBe('6629fae49393a05397450978507c4ef1');
});

const header =
  'Digest username="1001", realm="r", nonce="n", uri="sip:r", response="AB", cnonce="c", nc=00000001, qop=auth';

test('credentials are read whole or not at all', () => {
  expect(parseDigestCredentials(`${header}, algorithm=SHA-256`)).toMatchObject({
    username: '1001',
    algorithm: 'SHA-256',
    response: 'ab',
  });
  expect(parseDigestCredentials(header)).toMatchObject({ algorithm: 'MD5' });
  for (const [there, instead] of [
    ['qop=auth', 'qop=auth-int'],
    [', qop=auth', ''],
    ['nc=00000001', 'nc=1'],
    ['nc=00000001', 'nc=00000001, nc=00000002'],
    ['Digest ', 'Basic '],
    ['cnonce="c"', 'cnonce="c", algorithm=MD5-sess'],
  ] as const) {
    expect(parseDigestCredentials(header.replace(there, instead))).toBeUndefined();
  }
});

test('challenges come in the order asked for (RFC 8760)', () => {
  const [first, second] = digestChallenges(['SHA-256', 'MD5'], { realm: 'r', nonce: 'n', stale: true });
  expect(first).toBe('Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth", stale=true');
  expect(second).toContain('algorithm=MD5');
});

test('a nonce is fresh once a count, stale after its life, unknown if made up', () => {
  let now = 1_000;
  const mint = createNonceMint({ clock: () => now, secret: 's', lifetimeMs: 60_000 });
  const nonce = mint.issue();
  expect(mint.issue()).not.toBe(nonce);
  expect(mint.judge(nonce, '00000001')).toBe('fresh');
  mint.use(nonce, '00000001');
  expect(mint.judge(nonce, '00000001')).toBe('replayed');
  expect(mint.judge(nonce, '00000002')).toBe('fresh');
  now += 60_000;
  expect(mint.judge(nonce, '00000002')).toBe('stale');
  expect(mint.judge(`zzzz${nonce}`, '00000001')).toBe('unknown');
  expect(mint.judge('guess', '00000001')).toBe('unknown');
  expect(createNonceMint({ clock: () => now, secret: 'other', lifetimeMs: 60_000 }).judge(nonce, '00000001')).toBe(
    'unknown',
  );
});
