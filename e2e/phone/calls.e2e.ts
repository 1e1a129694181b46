import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { level } from '../audio/find-clip.ts';
import { readWav } from '../audio/wav.ts';
import { going, hints, lastCall, must, type Rig, startRig } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(async () => {
  await rig?.close();
});

afterEach(() => rig.clear());

test('a caller who gives up stops the ringing, a call left ringing too long is missed', async () => {
  const first = await rig.ring();
  first.call.request('CANCEL');
  await first.call.response(487);
  expect(await rig.phase('ended')).toMatchObject({ outcome: 'caller-gone' });
  const second = await rig.ring();
  second.call.request('CANCEL', ['Reason: SIP;cause=480;text="No answer"']);
  await rig.phone.until('missed', (now) => lastCall(now).outcome === 'missed');
});

test('a declined call is answered 603, a second one 486', async () => {
  const first = await rig.ring();
  const leg = await rig.openLeg();
  await rig.theSwitch.invite(await leg.createOffer(), hints('zh')).response(486);
  await rig.phone.command({ type: 'decline', call: (await rig.phase('ringing')).id });
  await first.call.response(603);
  expect(await rig.phase('ended')).toMatchObject({ outcome: 'declined' });
});

test('hold, resume, mute, keys and quality in a call between seats, which is not announced', async () => {
  const caller = await rig.ring({});
  const digits: string[] = [];
  caller.leg.onEvent((event) => event.type === 'digit' && digits.push(event.digit));
  await rig.answer(caller);
  const { id, announcement } = await rig.phase('talking');
  expect(announcement).toBeNull();
  await rig.phone.command({ type: 'dtmf', call: id, digit: '5' });
  await rig.phone.command({ type: 'dtmf', call: id, digit: '#' });

  await rig.phone.command({ type: 'hold', call: id });
  expect((await rig.agree(caller)).offer).toContain('a=sendonly');
  await rig.phase('held');
  expect(caller.leg.peerHolds).toBe(true);

  await rig.phone.command({ type: 'resume', call: id });
  await rig.agree(caller);
  await rig.phase('talking');
  expect(caller.leg.peerHolds).toBe(false);

  await rig.phone.command({ type: 'mute', call: id });
  await rig.phone.until('muted', (now) => lastCall(now).muted);
  await sleep(300);
  const file = join(rig.folder, 'muted.wav');
  const recording = rig.media.record(caller.leg, file);
  rig.media.play(caller.leg, ['music/hold'], 'for-ever', () => undefined);
  await sleep(2_500);
  await recording.stop();
  expect(level(readWav(file), 0, 2_000)).toBeLessThan(0.001);
  expect(
    (await rig.phone.until('quality', (now) => lastCall(now).quality !== null)).calls.at(-1)?.quality?.mos,
  ).toBeGreaterThan(3.5);
  expect(digits).toEqual(['5', '#']);
});

test('a blind transfer hangs up once the switch tells that it worked, and goes on where it did not', async () => {
  const caller = await rig.ring({});
  await rig.answer(caller);
  const { id } = await rig.phase('talking');
  const refer = async (sipfrag: string): Promise<void> => {
    await rig.phone.command({ type: 'transfer-blind', call: id, target: '8806' });
    const asked = await caller.call.requested('REFER');
    expect(asked.headers.get('refer-to')).toContain('sip:8806@127.0.0.1');
    rig.theSwitch.respond(asked, 202);
    caller.call.request(
      'NOTIFY',
      ['Event: refer', 'Subscription-State: active'],
      'SIP/2.0 100 Trying',
      'message/sipfrag',
    );
    await rig.phone.until('under way', (now) => lastCall(now).transfer === 'under-way');
    caller.call.request('NOTIFY', ['Event: refer', 'Subscription-State: terminated'], sipfrag, 'message/sipfrag');
  };
  await refer('SIP/2.0 486 Busy Here');
  await rig.phone.until('failed', (now) => lastCall(now).transfer === 'failed');
  expect(lastCall(rig.phone.snapshot()).phase).toBe('talking');
  await refer('SIP/2.0 200 OK');
  rig.theSwitch.respond(await caller.call.requested('BYE'), 200);
  expect(await rig.phase('ended')).toMatchObject({ outcome: 'transferred' });
});

test('an attended transfer joins the held call with the one consulted, and leaves both', async () => {
  const caller = await rig.ring();
  await rig.answer(caller);
  const { id } = await rig.phase('talking');
  await rig.phone.command({ type: 'dial', target: '8806' });
  expect((await rig.agree(caller)).offer).toContain('a=sendonly');
  const consult = await rig.theSwitch.next('INVITE', (message) => message.method === 'INVITE');
  const leg = await rig.openLeg();
  rig.theSwitch.respond(consult, 200, [], must(await leg.acceptOffer(consult.body)));
  const both = await rig.phone.until(
    'consulting',
    (now) => now.calls.length === 2 && now.calls[1]?.phase === 'talking',
  );
  expect(both.calls[0]?.phase).toBe('held');

  await rig.phone.command({ type: 'transfer-attended', call: id, consultation: lastCall(both).id });
  const refer = await caller.call.requested('REFER');
  // RFC 3891: the dialog to be replaced is named by the tags of its far end's view.
  expect(refer.headers.get('refer-to')).toContain(`Replaces=${consult.headers.get('call-id')}%3Bto-tag%3Dswitch`);
  rig.theSwitch.respond(refer, 202);
  caller.call.request(
    'NOTIFY',
    ['Event: refer', 'Subscription-State: terminated'],
    'SIP/2.0 200 OK',
    'message/sipfrag',
  );
  rig.theSwitch.respond(await caller.call.requested('BYE'), 200);
  rig.theSwitch.respond(
    await rig.theSwitch.next(
      'BYE',
      (message) => message.method === 'BYE' && message.headers.get('call-id') === consult.headers.get('call-id'),
    ),
    200,
  );
  const after = await rig.phone.until('over', (now) => going(now).length === 0);
  expect(after.calls.map((call) => call.outcome)).toEqual(['transferred', 'hung-up']);
});

test('after a cut the phone registers again and restarts the media of its call', async () => {
  const caller = await rig.ring({});
  await rig.answer(caller);
  await rig.phase('talking');
  const before = rig.theSwitch.registrations;
  rig.theSwitch.cut();
  await rig.phone.until('retrying', (now) => now.registration.state === 'retrying');
  await rig.registered();
  expect(rig.theSwitch.registrations).toBe(before + 1);
  await rig.agree(caller);
  await sleep(1_500);
  expect(lastCall(rig.phone.snapshot()).phase).toBe('talking');
});

test('P1 a hang-up while the line is cut reaches the switch once it is back', async () => {
  const caller = await rig.ring({});
  await rig.answer(caller);
  const { id } = await rig.phase('talking');
  rig.theSwitch.cut();
  await rig.phone.until('retrying', (now) => now.registration.state === 'retrying');
  await rig.phone.command({ type: 'hang-up', call: id });
  expect(await rig.phase('ended')).toMatchObject({ outcome: 'hung-up' });
  await rig.registered();
  rig.theSwitch.respond(await caller.call.requested('BYE'), 200);
});

test('after a sleep the phone registers over a new connection; a switch that forgot the call ends it', async () => {
  const caller = await rig.ring({});
  await rig.answer(caller);
  await rig.phase('talking');
  await rig.phone.emit('system.resumed', {});
  rig.theSwitch.respond(await caller.call.requested('INVITE'), 481);
  expect(await rig.phase('ended')).toMatchObject({ outcome: 'line-lost' });
  await rig.registered();
});

test('an account that no longer holds is asked for anew', async () => {
  const before = rig.phone.accountsAsked();
  rig.theSwitch.registerAnswers.push(403);
  await rig.phone.emit('system.resumed', {});
  await rig.phone.until(
    'registered anew',
    (now) => now.registration.state === 'registered' && rig.phone.accountsAsked() === before + 1,
  );
});

test('a number that is busy or unknown ends the call in its own words', async () => {
  for (const [status, outcome] of [
    [486, 'busy'],
    [404, 'failed'],
  ] as const) {
    await rig.phone.command({ type: 'dial', target: '8806' });
    const invite = await rig.theSwitch.next('INVITE', (message) => message.method === 'INVITE');
    expect(await rig.phase('dialling')).toMatchObject({ direction: 'out', remote: '8806' });
    rig.theSwitch.respond(invite, status);
    expect(await rig.phase('ended')).toMatchObject({ outcome });
  }
});

test('sign-out hangs up and unregisters', async () => {
  const caller = await rig.ring({});
  await rig.answer(caller);
  await rig.phase('talking');
  await rig.phone.emit('session.changed', null);
  await caller.call.requested('BYE');
  await rig.phone.until('off', (now) => now.registration.state === 'off' && going(now).length === 0);
});
