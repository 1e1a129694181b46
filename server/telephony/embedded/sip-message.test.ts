import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  headerList,
  headerValue,
  parseMessage,
  type SipMessage,
  serializeRequest,
  serializeResponse,
} from './sip-message.ts';
import { makeResponse } from './sip-requests.ts';

const message = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));
const options = (...more: string[]): Buffer =>
  message(
    'OPTIONS sip:1000@zuoxi.test SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'From: <sip:a@example.com>;tag=1',
    'To: <sip:b@example.com>',
    'Call-ID: x@192.0.2.1',
    'CSeq: 1 OPTIONS',
    ...more,
    '',
    '',
  );
const read = (bytes: Buffer): SipMessage => {
  const parsed = parseMessage(bytes);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};
const failure = (bytes: Buffer): string | undefined => {
  const parsed = parseMessage(bytes);
  return parsed.ok ? undefined : parsed.error;
};

test('no bytes make the parser throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => void parseMessage(Buffer.from(bytes))),
    { numRuns: 500 },
  );
});

test('no text in the likeness of SIP makes the parser throw', () => {
  const piece = fc.constantFrom(
    ...[
      '\r\n',
      '\r\n\r\n',
      ':',
      ';',
      ',',
      '<',
      '>',
      '"',
      '\\',
      '=',
      ' ',
      '\t',
      'INVITE sip:a@b SIP/2.0',
      'Via: SIP/2.0/UDP h',
      'SIP/2.0 200 OK',
    ],
    ...[
      'From: ',
      'To: ',
      'CSeq: 1 INVITE',
      'Call-ID: x',
      'Content-Length: ',
      'branch',
      'tag',
      'sip:',
      '[::1]',
      '99999999999',
      '\0',
      '一',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => void parseMessage(Buffer.from(pieces.join('')))),
    { numRuns: 2_000 },
  );
});

test('no mutation of a sound message makes the parser throw', () => {
  const sound = options('Contact: "A, B" <sip:a@h;x=1>;expires=5', 'Content-Length: 0');
  const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.nat(sound.length), (changes, length) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of changes) bytes[at] = value;
      parseMessage(bytes.subarray(0, length));
    }),
    { numRuns: 2_000 },
  );
});

const token = fc.stringMatching(/^[A-Za-z0-9\-.!%*_+`'~]{1,20}$/);
const word = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);
const sound = fc.record({
  method: fc.constantFrom('INVITE', 'BYE', 'REFER', 'JUMP'),
  user: word,
  host: word,
  branch: token,
  tag: token,
  callId: word,
  sequence: fc.nat(2 ** 31 - 1),
  display: fc.string({ maxLength: 20, unit: fc.constantFrom('a', ' ', '座', ',', ';', '<', '\\"', '\\\\') }),
  body: fc.string({ maxLength: 200, unit: 'grapheme' }),
});

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(sound, (given) => {
      const first = read(
        message(
          `${given.method} sip:${given.user}@${given.host} SIP/2.0`,
          `v: SIP/2.0/UDP ${given.host}:5070;branch=${given.branch};rport`,
          `f: "${given.display}" <sip:${given.user}@${given.host}>;tag=${given.tag}`,
          `To:\r\n <sip:${given.host}>`,
          `i: ${given.callId}`,
          `CSeq: ${given.sequence}   ${given.method}`,
          `l: ${Buffer.byteLength(given.body)}`,
          '',
          given.body,
        ),
      );
      if (first.kind !== 'request') throw new Error('not a request');
      const again = read(Buffer.from(serializeRequest(first)));
      // Content-Length is written anew, and last.
      const others = first.headers.filter((header) => header.name !== 'Content-Length');
      expect(again).toEqual({
        ...first,
        headers: [...others, { name: 'Content-Length', value: String(Buffer.byteLength(given.body)) }],
      });
      const answer = read(Buffer.from(serializeResponse(makeResponse(first, 'mine', { status: 486 }))));
      expect(answer).toMatchObject({
        kind: 'response',
        status: 486,
        callId: first.callId,
        cseq: first.cseq,
        from: first.from,
      });
      expect(answer.to.params.get('tag')).toBe('mine');
    }),
  );
});

test('a header value cannot break out of its line', () => {
  const request = read(options());
  if (request.kind !== 'request') throw new Error('not a request');
  expect(() => serializeRequest({ ...request, headers: [{ name: 'X-Caller', value: '1\r\nX-Evil: 1' }] })).toThrow();
});

// Torture in the manner of RFC 4475; the section it stands in is named.

test('3.1.1.1 a short tortuous INVITE is read', () => {
  const invite = read(
    message(
      'INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0',
      'TO :',
      ' sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n',
      'from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>',
      '  ;',
      '  tag = 98asjd8',
      'MaX-fOrWaRdS: 0068',
      'Call-ID: wsinv.ndaksdj@192.0.2.1',
      'cseq: 0009',
      '  INVITE',
      'Via  : SIP  /   2.0',
      ' /UDP',
      '    192.0.2.2;branch=390skdjuw',
      's :',
      'NewFangledHeader:   newfangled value',
      ' continued newfangled value',
      'UnknownHeaderWithUnusualValue: ;;,,;;,;',
      'Content-Type: application/sdp',
      'Route:',
      ' <sip:services.example.com;lr;unknownwith=value;unknown-no-value>',
      'v:  SIP  / 2.0  / TCP     spindle.example.com   ;',
      '  branch  =   z9hG4bK9ikj8  ,',
      ' SIP  /    2.0   / UDP  192.168.255.111   ; branch=',
      ' z9hG4bK30239',
      'm:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =',
      '      newvalue ;',
      '  secondparam ; q = 0.33',
      '',
      '',
    ),
  );
  expect(invite).toMatchObject({
    method: 'INVITE',
    cseq: { number: 9, method: 'INVITE' },
    from: { display: 'J Rosenberg \\"' },
  });
  expect(invite.to.params.get('tag')).toBe('1918181833n');
  expect(headerList(invite.headers, 'Via')).toHaveLength(3);
  expect(headerValue(invite.headers, 'NewFangledHeader')).toBe('newfangled value continued newfangled value');
});

test('3.1.1.2 tokens of every allowed sign are read', () => {
  const method = '!interesting-Method0123456789_*+`.%i'.slice(0, 32);
  const text = options().toString().replaceAll('OPTIONS', method);
  expect(read(Buffer.from(text))).toMatchObject({ method });
});

test('3.1.1.8 what follows the Content-Length is not part of the message', () => {
  const both = Buffer.concat([options('Content-Length: 0'), options('Content-Length: 0')]);
  expect(read(both).body).toBe('');
});

test('7.3.3 compact names stand for long ones', () => {
  expect(headerValue(read(options('r: <sip:c@example.com>')).headers, 'Refer-To')).toBe('<sip:c@example.com>');
});

test('commas in quotes and angle brackets do not split a list', () => {
  const listed = headerList(read(options('Contact: "A, B" <sip:a@h>, <sip:c,d@h>;q=1')).headers, 'Contact');
  expect(listed).toEqual(['"A, B" <sip:a@h>', '<sip:c,d@h>;q=1']);
});

test.each([
  ['3.1.2.2 a Content-Length beyond the message', options('Content-Length: 9999'), 'bad-length'],
  ['3.1.2.3 a negative Content-Length', options('Content-Length: -999'), 'bad-length'],
  [
    '3.1.2.4 a CSeq number too large',
    Buffer.from(options().toString().replace('CSeq: 1', 'CSeq: 36893488147419103232')),
    'bad-cseq',
  ],
  [
    '3.1.2.6 a quoted string that stays open',
    Buffer.from(options().toString().replace('<sip:b', '"Mr. J. User <sip:b')),
    'bad-address',
  ],
  [
    '3.1.2.7 a Request-URI in angle brackets',
    Buffer.from(options().toString().replace('sip:1000@zuoxi.test', '<sip:1000@zuoxi.test>')),
    'bad-start-line',
  ],
  [
    '3.1.2.8 blanks within the Request-URI',
    Buffer.from(options().toString().replace('1000@', '1000@ ')),
    'bad-start-line',
  ],
  [
    '3.1.2.9 more than one blank in the request line',
    Buffer.from(options().toString().replace(' SIP/2.0\r', '  SIP/2.0\r')),
    'bad-start-line',
  ],
  ['3.1.2.16 another version', Buffer.from(options().toString().replace(' SIP/2.0\r', ' SIP/7.0\r')), 'bad-start-line'],
  ['3.1.2.17 a CSeq of another method', Buffer.from(options().toString().replace('1 OPTIONS', '1 INVITE')), 'bad-cseq'],
  [
    '3.3.1 no From',
    Buffer.from(
      options()
        .toString()
        .replace(/From.*\r\n/, ''),
    ),
    'missing-header',
  ],
  ['3.3.8 two Call-IDs', options('i: other'), 'repeated-header'],
  ['a header without a colon', options('Nonsense'), 'bad-header'],
  ['a NUL in a header', options('Subject: a\0b'), 'bad-header'],
  ['too many headers', options(...Array.from({ length: 200 }, (_, index) => `X-${index}: y`)), 'too-many-headers'],
  ['an overlong header', options(`X: ${'y'.repeat(9_000)}`), 'bad-header'],
  ['more than 64 KiB', options(`X: ${'y'.repeat(70_000)}`), 'too-large'],
  ['no end of the headers', options().subarray(0, -4), 'no-end-of-headers'],
])('%s is refused', (_name, bytes, reason) => {
  expect(failure(bytes)).toBe(reason);
});
