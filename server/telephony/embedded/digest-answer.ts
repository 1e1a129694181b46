import { digestResponse, digestSecret } from './digest.ts';
import { quote, splitOutsideQuotes, unquote } from './sip-uri.ts';

/** What a trunk knows us by. */
export interface DigestAccount {
  readonly username: string;
  readonly password: string;
}

/** The value of the header that answers a Digest challenge; undefined where it wants what we do not speak. */
export const digestAnswer = (
  challenge: string,
  account: DigestAccount | undefined,
  asked: { readonly method: string; readonly uri: string; readonly cnonce: string },
): string | undefined => {
  const [, rest] = /^Digest[ \t]+(.*)$/is.exec(challenge.trim()) ?? [];
  if (rest === undefined || !account) return undefined;
  const values = new Map(
    splitOutsideQuotes(rest, ',').flatMap((part) => {
      const [, name, value = ''] = /^([\w-]+)[ \t]*=[ \t]*(.*)$/s.exec(part.trim()) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), unquote(value)] as const];
    }),
  );
  const algorithm = values.get('algorithm')?.toUpperCase() ?? 'MD5';
  const realm = values.get('realm');
  const nonce = values.get('nonce');
  const offersAuth = values
    .get('qop')
    ?.split(',')
    .some((qop) => qop.trim().toLowerCase() === 'auth');
  if ((algorithm !== 'MD5' && algorithm !== 'SHA-256') || realm === undefined || nonce === undefined || !offersAuth)
    return undefined;
  const given = { nonce, uri: asked.uri, algorithm, cnonce: asked.cnonce, nonceCount: '00000001' } as const;
  const secret = digestSecret(algorithm, account.username, realm, account.password);
  const opaque = values.get('opaque');
  return [
    `Digest username=${quote(account.username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(asked.uri)}`,
    `response=${quote(digestResponse(secret, asked.method, given))}`,
    `algorithm=${algorithm}`,
    `cnonce=${quote(asked.cnonce)}`,
    'qop=auth',
    'nc=00000001',
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ].join(', ');
};
