import { afterEach, expect, test } from 'vitest';
import type { ChannelId } from '../port.ts';
import { freePort } from './testing/free-port.ts';
import { receiveBye, type Sipp, startSippCalled, whenCalled } from './testing/sipp.ts';
import { openStage, type Stage } from './testing/stage.ts';

// Calls out to a real SIP telephone (sipp).

let stage: Stage;
let far: Sipp | undefined;
afterEach(async () => {
  far?.kill();
  await stage.close();
  expect(stage.faults).toEqual([]);
});

const account = { username: 'hotline', password: 'of the trunk' };
const callOut = async (steps: readonly string[], ringMs = 20_000): Promise<ChannelId> => {
  const port = await freePort();
  far = await startSippCalled(port, steps);
  stage = await openStage({ trunkOut: { host: `127.0.0.1:${port}`, account } });
  const channel = stage.telephony.callOut({ number: '13800138000', callerId: '1000', ringMs });
  if (!channel) throw new Error('no line out');
  return channel;
};
const wentWell = async (): Promise<void> => {
  const code = await far?.exitCode;
  expect([code, code === 0 ? '' : await far?.complaints()]).toEqual([0, '']);
};

test('A6 a customer is rung, sees the hotline’s number, answers and is hung up', async () => {
  const channel = await callOut([
    whenCalled.invite('P-Asserted-Identity: .sip:1000@127.0.0.1.'),
    whenCalled.ring,
    whenCalled.answer,
    receiveBye,
  ]);
  expect(await stage.next('channel.ringing')).toEqual({ type: 'channel.ringing', channel });
  expect(await stage.next('channel.answered')).toEqual({ type: 'channel.answered', channel });
  stage.telephony.hangUp(channel, 'normal');
  await wentWell();
});

test('A6 a trunk that asks who we are is told (RFC 3261 section 22.2)', async () => {
  const challenge = 'Proxy-Authenticate: Digest realm="trunk", nonce="abc", algorithm=MD5, qop="auth"';
  const channel = await callOut([
    whenCalled.invite(),
    whenCalled.refuse('407 Proxy Authentication Required', challenge),
    whenCalled.invite(
      'Proxy-Authorization: Digest username=.hotline., realm=.trunk., nonce=.abc., uri=.sip:13800138000@',
    ),
    whenCalled.ring,
    whenCalled.answer,
    receiveBye,
  ]);
  expect(await stage.next('channel.answered')).toEqual({ type: 'channel.answered', channel });
  stage.telephony.hangUp(channel, 'normal');
  await wentWell();
});

test('A6 a trunk that does not believe us is not asked again', async () => {
  const challenge = 'WWW-Authenticate: Digest realm="trunk", nonce="abc", algorithm=MD5, qop="auth"';
  const refusal = [whenCalled.invite(), whenCalled.refuse('401 Unauthorized', challenge)];
  const channel = await callOut([...refusal, ...refusal]);
  expect(await stage.next('channel.ended')).toMatchObject({ channel, cause: 'failure', sipStatus: 401 });
  await wentWell();
});

test.each([
  ['486 Busy Here', 'busy', 486],
  ['480 Temporarily Unavailable', 'no-answer', 480],
  ['404 Not Found', 'not-found', 404],
  ['484 Address Incomplete', 'not-found', 484],
  ['603 Decline', 'declined', 603],
  ['503 Service Unavailable', 'failure', 503],
] as const)('A6 a call out refused with %s is told as %s', async (said, cause, sipStatus) => {
  const channel = await callOut([whenCalled.invite(), whenCalled.refuse(said)]);
  expect(await stage.next('channel.ended')).toMatchObject({ channel, cause, sipStatus });
  await wentWell();
});

test('A6 a customer who does not answer is rung no longer than asked', async () => {
  const channel = await callOut([whenCalled.invite(), whenCalled.ring, '<recv request="CANCEL"/>'], 1_000);
  expect(await stage.next('channel.ended')).toMatchObject({ channel, cause: 'no-answer' });
  await wentWell();
});

test('A6 with no trunk out nobody is called', async () => {
  stage = await openStage();
  expect(stage.telephony.canCallOut()).toBe(false);
  expect(stage.telephony.callOut({ number: '13800138000', callerId: '1000', ringMs: 1_000 })).toBeUndefined();
});
