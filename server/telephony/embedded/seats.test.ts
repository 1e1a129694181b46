import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChannelId } from '../port.ts';
import { headerValue, type SipRequest } from './sip-message.ts';
import type { ScriptedPhone } from './testing/scripted-phone.ts';
import { testDomain } from './testing/scripted-phone.ts';
import { openStage, type Stage } from './testing/stage.ts';
import { stillSdp } from './testing/still-media.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  await stage.close();
  expect(stage.faults).toEqual([]);
});

const ringSeat = (seat: string, ringMs = 5_000): ChannelId => {
  const channel = stage.telephony.originate({
    seat,
    callerId: '13800138000',
    headers: { 'X-Zuoxi-Contact': 'contact-1' },
    ringMs,
    language: 'zh',
  });
  if (channel === undefined) throw new Error('the seat is not registered');
  return channel;
};

const registered = async (name: string): Promise<ScriptedPhone> => {
  const seat = await stage.seat(name);
  expect((await seat.register()).status).toBe(200);
  expect(await stage.next('seat.registered')).toMatchObject({ seat: name });
  return seat;
};

/** A call to a seat, answered; what the seat needs to speak in it. */
const talking = async (seat: ScriptedPhone) => {
  const channel = ringSeat(seat.name);
  const invite = await seat.next('INVITE');
  seat.respond(invite, 180);
  await stage.next('channel.ringing');
  seat.respond(invite, 200, { body: stillSdp() });
  const ack = await seat.next('ACK');
  expect(await stage.next('channel.answered')).toMatchObject({ channel });
  return { channel, invite, inCall: inCall(invite, ack.to.params.get('tag') ?? '') };
};

const inCall = (invite: SipRequest, ownTag: string) => ({
  callId: invite.callId,
  toTag: invite.from.params.get('tag') ?? '',
  fromTag: ownTag,
  to: `<${invite.from.uri}>`,
});

test('P1 a seat registers with its secret and is gone when its connection closes', async () => {
  const seat = await registered('1001');
  seat.close();
  expect(await stage.next('seat.unregistered')).toMatchObject({ seat: '1001' });
  expect(
    stage.telephony.originate({ seat: '1001', callerId: '', headers: {}, ringMs: 1_000, language: 'zh' }),
  ).toBeUndefined();
});

test('a wrong secret, an unknown seat and another seat’s name do not register', async () => {
  const seat = await stage.seat('1001');
  expect((await seat.register({ password: 'guess' })).status).toBe(401);
  expect((await (await stage.seat('9999')).register()).status).toBe(401);
  const forged = await seat.request('REGISTER', {
    to: `<sip:1002@${testDomain}>`,
    more: [`Contact: <sip:1002@x.invalid>`],
  });
  expect(forged.status).toBe(403);
  expect(stage.events).toEqual([]);
});

test('guessing ends in 503 with Retry-After, for that name from that address only', async () => {
  const seat = await stage.seat('1001');
  for (let guess = 0; guess < 10; guess += 1) await seat.register({ password: `guess ${guess}` });
  const refused = await seat.register();
  expect([refused.status, headerValue(refused.headers, 'Retry-After')]).toEqual([503, '10']);
  await registered('1002');
});

test('a newer instance takes the place of an older one, which cannot sign it out (RFC 5626)', async () => {
  const old = await registered('1001');
  const newer = await stage.seat('1001');
  await newer.register();
  await old.register({ expires: 0 });
  old.close();
  ringSeat('1001');
  expect((await newer.next('INVITE')).method).toBe('INVITE');
  expect(stage.events.filter((event) => event.type === 'seat.unregistered')).toEqual([]);
});

test('an expiry below a minute is refused, 0 signs out', async () => {
  const seat = await registered('1001');
  expect((await seat.register({ expires: 5 })).status).toBe(423);
  expect((await seat.register({ expires: 0 })).status).toBe(200);
  await stage.next('seat.unregistered');
});

test('pings of two line ends are answered (RFC 7118)', async () => {
  const seat = await registered('1001');
  seat.send('\r\n\r\n');
  await expect.poll(seat.pongs).toBe(1);
});

test('A3 a seat rings with the hint headers, answers, and is hung up', async () => {
  const seat = await registered('1001');
  const { channel, invite } = await talking(seat);
  expect(headerValue(invite.headers, 'X-Zuoxi-Contact')).toBe('contact-1');
  expect(invite.from.uri).toBe(`sip:13800138000@${testDomain}`);
  stage.telephony.hangUp(channel, 'normal');
  seat.respond(await seat.next('BYE'), 200);
  expect(await stage.next('channel.ended')).toMatchObject({ channel, cause: 'normal' });
  expect(stage.media.legs[0]?.closed()).toBe(true);
});

test('a seat that does not answer is cancelled when its ring time is over', async () => {
  const seat = await registered('1001');
  const channel = ringSeat('1001', 300);
  const invite = await seat.next('INVITE');
  seat.respond(invite, 180);
  const cancel = await seat.next('CANCEL');
  expect(headerValue(cancel.headers, 'Reason')).toBe('SIP;cause=480;text="No answer"');
  seat.respond(cancel, 200);
  seat.respond(invite, 487);
  expect((await seat.next('ACK')).cseq.number).toBe(1);
  expect(await stage.next('channel.ended')).toMatchObject({ channel, cause: 'no-answer' });
});

test('an answer that crosses the CANCEL is acknowledged and hung up', async () => {
  const seat = await registered('1001');
  const channel = ringSeat('1001');
  const invite = await seat.next('INVITE');
  seat.respond(invite, 180);
  await stage.next('channel.ringing');
  stage.telephony.hangUp(channel, 'normal');
  await seat.next('CANCEL');
  seat.respond(invite, 200, { body: stillSdp() });
  await seat.next('ACK');
  expect((await seat.next('BYE')).callId).toBe(invite.callId);
});

test.each([
  [486, 'busy'],
  [603, 'declined'],
  [480, 'no-answer'],
  [500, 'failure'],
] as const)('a seat that answers %i ends the call as %s', async (status, cause) => {
  const seat = await registered('1001');
  ringSeat('1001');
  seat.respond(await seat.next('INVITE'), status, { contact: false });
  expect(await stage.next('channel.ended')).toMatchObject({ cause, sipStatus: status });
});

test('hold and resume are told; a bad re-offer leaves the call as it was', async () => {
  const seat = await registered('1001');
  const { inCall: where } = await talking(seat);
  const hold = await seat.request('INVITE', { ...where, body: stillSdp('sendonly') });
  seat.acknowledge(hold);
  await stage.next('channel.held');
  expect((await seat.request('INVITE', { ...where, body: 'v=0\r\n' })).status).toBe(488);
  const resume = await seat.request('INVITE', { ...where, body: stillSdp() });
  seat.acknowledge(resume);
  await stage.next('channel.resumed');
  expect((await seat.request('UPDATE', where)).status).toBe(200);
});

test('keys by INFO, and what a call refuses politely', async () => {
  const seat = await registered('1001');
  const { inCall: where } = await talking(seat);
  const relay = { ...where, type: 'application/dtmf-relay', body: 'Signal=#\r\nDuration=250\r\n' };
  expect((await seat.request('INFO', relay)).status).toBe(200);
  expect(await stage.next('channel.digit')).toMatchObject({ digit: '#', durationMs: 250 });
  await seat.request('INFO', { ...where, type: 'application/dtmf', body: '7' });
  expect(await stage.next('channel.digit')).toMatchObject({ digit: '7' });
  expect((await seat.request('INFO', { ...where, type: 'text/plain', body: 'x' })).status).toBe(415);
  expect((await seat.request('MESSAGE', where)).status).toBe(405);
  expect((await seat.request('JUMP', where)).status).toBe(501);
  expect((await seat.request('OPTIONS', where)).status).toBe(200);
});

test('a blind transfer is asked for by REFER and reported by NOTIFY (RFC 3515)', async () => {
  const seat = await registered('1001');
  const { channel, inCall: where } = await talking(seat);
  const accepted = await seat.request('REFER', { ...where, more: [`Refer-To: <sip:8806@${testDomain}>`] });
  expect(accepted.status).toBe(202);
  const asked = await stage.next('channel.transfer-asked');
  expect(asked).toMatchObject({ channel, target: '8806' });
  const trying = await seat.next('NOTIFY');
  seat.respond(trying, 200);
  expect(trying.body).toBe('SIP/2.0 100 Trying\r\n');
  asked.transfer.report(200);
  const done = await seat.next('NOTIFY');
  expect([done.body, headerValue(done.headers, 'Subscription-State')]).toEqual([
    'SIP/2.0 200 OK\r\n',
    'terminated;reason=noresource',
  ]);
});

test('an attended transfer names the other call of the seat by Replaces (RFC 5589)', async () => {
  const seat = await registered('1001');
  const held = await talking(seat);
  const target = `sip:8806@${testDomain}`;
  const consultation = await callOut(seat, target);
  const replaces = `${consultation.callId};to-tag=${consultation.toTag};from-tag=${consultation.fromTag}`;
  const referTo = `Refer-To: <${target}?Replaces=${encodeURIComponent(replaces)}>`;
  expect((await seat.request('REFER', { ...held.inCall, more: [referTo] })).status).toBe(202);
  expect(await stage.next('channel.join-asked')).toMatchObject({
    channel: held.channel,
    consultation: consultation.channel,
  });
  const unknown = `Refer-To: <${target}?Replaces=${encodeURIComponent('other;to-tag=a;from-tag=b')}>`;
  expect((await seat.request('REFER', { ...held.inCall, more: [unknown] })).status).toBe(481);
});

const callOut = async (seat: ScriptedPhone, uri: string) => {
  const callId = `out-${seat.name}`;
  const answering = seat.request('INVITE', { uri, to: `<${uri}>`, callId, body: stillSdp() });
  const dialled = await stage.next('channel.dialled');
  expect(dialled).toMatchObject({ seat: seat.name });
  expect(await stage.telephony.answer(dialled.channel)).toBe(true);
  const answered = await answering;
  seat.acknowledge(answered);
  return {
    channel: dialled.channel,
    callId,
    toTag: answered.to.params.get('tag') ?? '',
    fromTag: answered.from.params.get('tag') ?? '',
  };
};

test('a seat that dials must prove itself for each INVITE', async () => {
  const seat = await registered('1001');
  const uri = `sip:8806@${testDomain}`;
  const unproven = await seat.request('INVITE', { uri, to: `<${uri}>`, body: stillSdp(), authenticate: false });
  expect(unproven.status).toBe(401);
  const wrong = await seat.request('INVITE', { uri, to: `<${uri}>`, body: stillSdp(), password: 'guess' });
  expect(wrong.status).toBe(401);
  expect(stage.events.filter((event) => event.type === 'channel.dialled')).toEqual([]);
});

test('a dialled number that is refused gets 404', async () => {
  const seat = await registered('1001');
  const uri = `sip:7777@${testDomain}`;
  const answering = seat.request('INVITE', { uri, to: `<${uri}>`, body: stillSdp() });
  const { channel } = await stage.next('channel.dialled');
  stage.telephony.hangUp(channel, 'not-found');
  expect((await answering).status).toBe(404);
});

test('another connection may not speak in the call of a seat', async () => {
  const seat = await registered('1001');
  const { inCall: where } = await talking(seat);
  const stranger = await stage.seat('1002');
  expect((await stranger.request('BYE', { ...where, authenticate: false })).status).toBe(401);
  expect((await stranger.request('BYE', where)).status).toBe(403);
});

test('a call outlives the connection of its seat, and goes on over the new one', async () => {
  const seat = await registered('1001');
  const { channel, inCall: where } = await talking(seat);
  seat.close();
  await stage.next('seat.unregistered');
  const back = await registered('1001');
  const again = await back.request('INVITE', { ...where, body: stillSdp() });
  expect(again.status).toBe(200);
  back.acknowledge(again);
  stage.telephony.hangUp(channel, 'normal');
  expect((await back.next('BYE')).callId).toBe(where.callId);
});
