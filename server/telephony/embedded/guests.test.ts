import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SipResponse } from './sip-message.ts';
import { type ScriptedPhone, testDomain } from './testing/scripted-phone.ts';
import { openStage, type Stage } from './testing/stage.ts';
import { stillSdp } from './testing/still-media.ts';

// Callers from the public page (A1): strangers with a pass for one call to one number.

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ guestLimits: { calls: 4, callsOfOneSource: 2 } });
});
afterEach(async () => {
  await stage.close();
  expect(stage.faults).toEqual([]);
});

const hotline = `sip:1000@${testDomain}`;
const dial = async (
  guest: ScriptedPhone,
  callId: string,
  uri = hotline,
  more: readonly string[] = [],
): Promise<SipResponse> => {
  const answer = await guest.request('INVITE', { uri, to: `<${uri}>`, callId, body: stillSdp(), more });
  guest.acknowledge(answer);
  return answer;
};

/** A guest's call, answered by the hotline. */
const answeredCall = async (guest: ScriptedPhone, callId: string, more: readonly string[] = []) => {
  const dialling = dial(guest, callId, hotline, more);
  const { channel } = await stage.next('channel.arrived');
  await stage.telephony.answer(channel);
  const { to, from } = await dialling;
  const tagOf = (address: SipResponse['to']) => address.params.get('tag') ?? '';
  return { channel, dialog: { callId, toTag: tagOf(to), fromTag: tagOf(from), to: `<${hotline}>` } };
};

test('A1 a guest registers nothing: neither itself nor a seat', async () => {
  const guest = await stage.guest('guest-home-1');
  expect((await guest.register()).status).toBe(403);
  const asSeat = await guest.request('REGISTER', {
    to: `<sip:1001@${testDomain}>`,
    more: [`Contact: <sip:1001@x.invalid;transport=ws>`],
  });
  expect(asSeat.status).toBe(403);
  expect(stage.events).toEqual([]);
});

test.each([
  ['a seat', `sip:1001@${testDomain}`],
  ['an outside number', `sip:13800138000@${testDomain}`],
  ['another spelling of the hotline', `sip:+1000@${testDomain}`],
])('A1 a guest may not call %s', async (_what, uri) => {
  expect((await dial(await stage.guest('guest-home-1'), 'call-1', uri)).status).toBe(403);
  expect(stage.events).toEqual([]);
});

test('A1 a pass that has ended begins no call', async () => {
  expect((await dial(await stage.guest('guest-home-1-late'), 'call-1')).status).toBe(403);
});

test('A1 a stranger with no pass is asked for one, and gets nowhere with a wrong one', async () => {
  const stranger = await stage.guest('nobody');
  expect((await stranger.request('INVITE', { uri: hotline, body: stillSdp(), authenticate: false })).status).toBe(401);
  expect((await dial(stranger, 'call-1')).status).toBe(401);
  const guest = await stage.guest('guest-home-1');
  const wrong = await guest.request('INVITE', { uri: hotline, body: stillSdp(), password: 'guessed' });
  expect(wrong.status).toBe(401);
});

test('A1 one pass is one call at a time, and callers of one address share a few', async () => {
  const guest = await stage.guest('guest-home-1');
  await answeredCall(guest, 'call-1');
  expect((await dial(guest, 'call-2')).status).toBe(486);
  await answeredCall(await stage.guest('guest-home-2'), 'call-3');
  expect((await dial(await stage.guest('guest-home-3'), 'call-4')).status).toBe(486);
  await answeredCall(await stage.guest('guest-office-1'), 'call-5');
  await answeredCall(await stage.guest('guest-cafe-1'), 'call-6');
  const full = await dial(await stage.guest('guest-train-1'), 'call-7');
  expect(full.status).toBe(503);
});

test('A1 a guest puts nobody through: REFER is declined', async () => {
  const guest = await stage.guest('guest-home-1');
  const { dialog } = await answeredCall(guest, 'call-1');
  const refer = await guest.request('REFER', { ...dialog, more: [`Refer-To: <sip:1001@${testDomain}>`] });
  expect(refer.status).toBe(603);
  const outside = await guest.request('REFER', { to: `<${hotline}>`, more: [`Refer-To: <sip:1001@${testDomain}>`] });
  expect(outside.status).toBe(603);
});

test('A1 nobody else speaks in a call of a guest: neither another guest nor a seat', async () => {
  const { dialog, channel } = await answeredCall(await stage.guest('guest-home-1'), 'call-1');
  const other = await stage.guest('guest-office-1');
  expect((await other.request('BYE', { ...dialog, authenticate: false })).status).toBe(401);
  expect((await other.request('BYE', dialog)).status).toBe(403);
  const seat = await stage.seat('1001');
  await seat.register();
  expect((await seat.request('BYE', dialog)).status).toBe(403);
  expect(stage.events.filter((event) => event.type === 'channel.ended')).toEqual([]);
  stage.telephony.hangUp(channel, 'normal');
});

test('A1 a guest who comes back over a new connection proves itself and goes on', async () => {
  const { dialog, channel } = await answeredCall(await stage.guest('guest-home-1'), 'call-1');
  const back = await stage.guest('guest-home-1');
  // The CSeq of a dialog goes on where it was (section 12.2.1.1).
  for (let sent = 0; sent < 3; sent++) await back.request('OPTIONS', { authenticate: false });
  expect((await back.request('INFO', dialog)).status).toBe(200);
  stage.telephony.hangUp(channel, 'normal');
  back.respond(await back.next('BYE'), 200);
});

test('A1 nothing is sent to an address that a guest names: the BYE goes where the guest spoke from', async () => {
  const bystander = createSocket('udp4').bind(0, '127.0.0.1');
  await once(bystander, 'listening');
  let hit = false;
  bystander.on('message', () => {
    hit = true;
  });
  const guest = await stage.guest('guest-home-1');
  const route = `Record-Route: <sip:127.0.0.1:${bystander.address().port};lr>`;
  const { channel } = await answeredCall(guest, 'call-1', [route]);
  stage.telephony.hangUp(channel, 'normal');
  guest.respond(await guest.next('BYE'), 200);
  bystander.close();
  expect(hit).toBe(false);
});
