import { expect, test } from 'vitest';
import { callHints, sipHeaders } from '../../contract/sip-headers.ts';
import { services } from '../../domain/access/services.ts';
import { voicePrompts } from '../../domain/access/voice-prompts.ts';
import { FloorRig, settled } from './floor-rig.ts';
import { stranger } from './recognition.ts';

test('A2 a caller is answered and led to the queue by keys (scripted switch)', async () => {
  const { line, floor, time } = new FloorRig();
  const caller = line.arrive();
  await settled();
  expect(line.wasAnswered(caller)).toBe(true);
  expect(line.playing(caller)[0]).toBe('zh/welcome');
  line.promptEnds(caller);
  time.pass(6);
  expect(line.playing(caller)).toEqual(['zh/choose-language', 'en/choose-language']);
  line.key(caller, '2');
  expect(line.playing(caller)).toEqual(['en/service-menu']);
  line.key(caller, '1');
  expect(floor.waiting()).toBe(1);
  line.promptEnds(caller);
  expect(line.playing(caller)).toEqual(['en/queue-position', 'en/1', 'en/queue-position-end']);
  line.promptEnds(caller);
  expect(line.playing(caller)).toEqual(['music/hold']);
});

test('A2 a key pressed while a menu waits stops the wait (scripted switch)', async () => {
  const { line, time } = new FloorRig();
  const caller = line.arrive();
  await settled();
  line.promptEnds(caller);
  line.key(caller, '1');
  time.pass(60);
  expect(line.playing(caller)).toEqual(['zh/service-menu']);
});

test('a menu whose clips are missing goes on in silence (scripted switch)', async () => {
  const { line, time, floor } = new FloorRig();
  for (const language of ['zh', 'en']) {
    for (const clip of voicePrompts) line.missingPrompts.add(`${language}/${clip}`);
    line.missingPrompts.add(`${language}/1`);
  }
  const caller = line.arrive();
  await settled();
  time.pass(6 * 6);
  expect(floor.waiting()).toBe(1);
  expect(line.playing(caller)).toEqual(['music/hold']);
});

test('A3 the seat learns caller, service, language and waiting time, and speaks at once on answer (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, time } = rig;
  const caller = await rig.queueCaller('+8613800138000', '2');
  time.pass(12);
  rig.makeReady('1001');
  const [invite] = line.invites;
  expect(invite).toMatchObject({ seat: '1001', ringMs: 20_000, language: 'en', callerId: '+8613800138000' });
  const headers = invite?.headers ?? {};
  expect(
    callHints.parse({
      contactId: headers[sipHeaders.contactId],
      caller: headers[sipHeaders.caller],
      service: headers[sipHeaders.service],
      language: headers[sipHeaders.language],
      waitedSeconds: headers[sipHeaders.waitedSeconds],
      origin: headers[sipHeaders.origin],
      priority: headers[sipHeaders.priority],
    }),
  ).toEqual({
    contactId: 'contact-1',
    caller: '+8613800138000',
    service: '180',
    language: 'en',
    waitedSeconds: 12,
    origin: 'trunk',
    priority: 'normal',
  });
  expect(rig.phase('1001')).toBe('ringing');
  const leg = rig.ringingAt('1001');
  line.pickUp(leg);
  expect(line.peersOf(caller)).toEqual([leg]);
  expect(line.playing(caller)).toEqual([]);
  expect(rig.phase('1001')).toBe('talking');
  expect(rig.floor.figures()).toMatchObject({ waiting: 0, offered: 1, answered: 1, abandoned: 0 });
});

test('A3 longest idle seat first; a language nobody ready speaks waits (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('1002', ['zh']);
  rig.time.pass(1);
  rig.makeReady('1001', ['zh']);
  await rig.queueCaller('1', '2');
  expect(rig.line.invites).toEqual([]);
  await rig.queueCaller('2');
  expect(rig.line.invites.map(({ seat, callerId }) => [seat, callerId])).toEqual([['1002', '2']]);
  await rig.queueCaller('3');
  expect(rig.line.invites.map(({ seat }) => seat)).toEqual(['1002', '1001']);
});

test('A3 only a seat with desk, telephone, and the right to take calls (scripted switch)', async () => {
  const rig = new FloorRig();
  const { floor, line } = rig;
  floor.seatSignedIn({ staffNumber: '9001', languages: ['zh'], roles: ['supervisor'], services });
  line.register('9001');
  floor.seatEvent('9001', 'make-ready');
  rig.makeReady('1001');
  line.unregister('1001');
  rig.makeReady('1002');
  floor.seatLost('1002');
  await rig.queueCaller();
  expect(line.invites).toEqual([]);
  line.register('1001');
  expect(line.invites.map(({ seat }) => seat)).toEqual(['1001']);
});

test.each([
  ['does not answer', 'no-answer', 480],
  ['declines', 'declined', 603],
] as const)(
  'A3 RONA: a seat that %s takes a break, the caller keeps place and waiting time (scripted switch)',
  async (_, cause, status) => {
    const rig = new FloorRig();
    const { line, time, floor } = rig;
    rig.makeReady('1001');
    const first = await rig.queueCaller('1');
    const second = await rig.queueCaller('2');
    time.pass(20);
    line.end(rig.ringingAt('1001'), cause, status);
    expect(rig.phase('1001')).toBe('break');
    expect(line.playing(first)).toEqual(['zh/please-hold']);
    expect(floor.waiting()).toBe(2);
    rig.makeReady('1002');
    expect(line.invites.at(-1)).toMatchObject({
      seat: '1002',
      callerId: '1',
      headers: { [sipHeaders.waitedSeconds]: '20' },
    });
    // All seats were busy for 15 s (A5), and the place is still the second.
    expect(line.playing(second)).toEqual([
      ...['zh/queue-position', 'zh/2', 'zh/queue-position-end'],
      'zh/overflow-offer',
    ]);
  },
);

test('A3 RONA: the next seat that is ready rings at once (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('1001');
  rig.time.pass(1);
  rig.makeReady('1002');
  await rig.queueCaller();
  rig.line.end(rig.ringingAt('1001'), 'no-answer', 480);
  expect(rig.phase('1002')).toBe('ringing');
});

test('A5 a caller who takes the callback is counted as overflowed, not as given up (scripted switch)', async () => {
  const rig = new FloorRig();
  await rig.talk('1001');
  const waiting = await rig.queueCaller('13800138000');
  rig.time.pass(15);
  expect(rig.line.playing(waiting)).toContain('zh/overflow-offer');
  rig.line.key(waiting, '1');
  expect(rig.floor.figures()).toMatchObject({ offered: 2, answered: 1, abandoned: 0, overflowed: 1, waiting: 0 });
});

test('A3 a caller who hangs up while it rings leaves the seat as idle as it was (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, time, floor } = rig;
  rig.makeReady('1001');
  time.pass(5);
  rig.makeReady('1002');
  const caller = await rig.queueCaller();
  const leg = rig.ringingAt('1001');
  line.end(caller);
  expect(line.hungUp).toContainEqual({ channel: leg, cause: 'normal' });
  expect(rig.phase('1001')).toBe('ready');
  expect(floor.figures()).toMatchObject({ offered: 1, answered: 0, abandoned: 1, waiting: 0 });
  await rig.queueCaller();
  expect(line.invites.at(-1)?.seat).toBe('1001');
});

test('an agent who hangs up wraps up for the time set, the caller hears goodbye (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, time, floor } = rig;
  const { caller, leg } = await rig.talk('1001');
  line.end(leg);
  expect(floor.view('1001')).toMatchObject({ phase: 'wrap-up', wrapUpEndsAt: time.now + 30_000 });
  expect(line.playing(caller)).toEqual(['zh/goodbye']);
  line.promptEnds(caller);
  expect(line.isUp(caller)).toBe(false);
  time.pass(29);
  expect(rig.phase('1001')).toBe('wrap-up');
  time.pass(1);
  expect(floor.view('1001')).toMatchObject({ phase: 'ready', wrapUpEndsAt: null });
});

test('a caller who hangs up ends the call at the seat, which wraps up (scripted switch)', async () => {
  const rig = new FloorRig();
  const { caller, leg } = await rig.talk('1001');
  rig.line.end(caller);
  expect(rig.line.isUp(leg)).toBe(false);
  expect(rig.phase('1001')).toBe('wrap-up');
});

test('a seat whose line fails in a call: the caller is told and goes to the front (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const { caller, leg } = await rig.talk('1001');
  await rig.queueCaller('2');
  line.end(leg, 'failure');
  expect(line.playing(caller)).toEqual(['zh/call-restored']);
  line.promptEnds(caller);
  expect(line.playing(caller)).toEqual(['music/hold']);
  rig.makeReady('1002');
  line.pickUp(rig.ringingAt('1002'));
  expect(line.peersOf(caller)).toEqual([rig.ringingAt('1002')]);
  expect(rig.floor.figures()).toMatchObject({ offered: 2, answered: 1, abandoned: 0 });
});

test('a registration lost in a call may come back within 30 s; after that the call is lost (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, time } = rig;
  const { caller, leg } = await rig.talk('1001');
  line.unregister('1001');
  time.pass(29);
  line.register('1001');
  time.pass(60);
  expect(line.peersOf(caller)).toEqual([leg]);
  line.unregister('1001');
  time.pass(30);
  expect(line.isUp(leg)).toBe(false);
  expect(line.playing(caller)).toEqual(['zh/call-restored']);
});

test('a desk whose connection drops and comes back within 30 s finds its call and phase (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, time, floor } = rig;
  const { caller, leg } = await rig.talk('1001');
  floor.seatLost('1001');
  time.pass(20);
  expect(floor.seatSignedIn({ staffNumber: '1001', languages: ['zh'], roles: ['junior-agent'], services }).phase).toBe(
    'talking',
  );
  floor.seatLost('1001');
  time.pass(120);
  expect(line.peersOf(caller)).toEqual([leg]);
  line.end(leg);
  expect(rig.phase('1001')).toBe('off');
});

test('a desk gone for 30 s without a call is off; one with a second connection is not (scripted switch)', () => {
  const rig = new FloorRig();
  rig.makeReady('1001');
  rig.makeReady('1002');
  rig.floor.seatSignedIn({ staffNumber: '1002', languages: ['zh'], roles: ['junior-agent'], services });
  rig.floor.seatLost('1001');
  rig.floor.seatLost('1002');
  rig.time.pass(30);
  expect(rig.phase('1001')).toBe('off');
  expect(rig.phase('1002')).toBe('ready');
});

test('an agent who signs out in a call loses it to the front of the queue; one who is rung, to a colleague (scripted switch)', async () => {
  const rig = new FloorRig();
  const { caller } = await rig.talk('1001');
  rig.makeReady('1002');
  rig.floor.seatSignedOut('1001');
  expect(rig.phase('1001')).toBe('off');
  expect(rig.phase('1002')).toBe('ringing');
  rig.makeReady('1003');
  rig.floor.seatSignedOut('1002');
  expect(rig.phase('1002')).toBe('off');
  rig.line.pickUp(rig.ringingAt('1003'));
  expect(rig.line.peersOf(caller)).toEqual([rig.ringingAt('1003')]);
});

test('stopping hangs up callers and leaves no timer (scripted switch)', async () => {
  const rig = new FloorRig();
  const { leg } = await rig.talk('1001');
  rig.line.end(leg);
  rig.makeReady('1002');
  rig.floor.seatLost('1002');
  rig.line.unregister('1002');
  const waiting = await rig.queueCaller();
  rig.floor.stop();
  expect(rig.line.isUp(waiting)).toBe(false);
  expect(rig.time.pending()).toBe(0);
});

test('A3 a seat that did not answer is set aside and told, and is not offered the same caller next (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, floor, time } = rig;
  rig.makeReady('1001');
  time.pass(1);
  await rig.queueCaller();
  rig.makeReady('1002');
  line.end(rig.ringingAt('1001'), 'no-answer', 480);
  expect(floor.view('1001')).toMatchObject({ phase: 'break', notice: 'not-answered' });
  expect(line.invites.map(({ seat }) => seat)).toEqual(['1001', '1002']);
  floor.seatEvent('1001', 'make-ready');
  expect(floor.view('1001')).toMatchObject({ phase: 'ready', notice: null });
});

test('A3 a seat back from not answering waits for its next offer of the same caller while others work (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, floor, time } = rig;
  await rig.talk('1002');
  rig.makeReady('1001');
  await rig.queueCaller();
  line.end(rig.ringingAt('1001'), 'no-answer', 480);
  floor.seatEvent('1001', 'make-ready');
  const offers = () => line.invites.filter(({ seat }) => seat === '1001').length;
  expect([offers(), rig.phase('1001')]).toEqual([1, 'ready']);
  time.pass(60);
  expect([offers(), rig.phase('1001')]).toEqual([2, 'ringing']);
});

test('A3 a key account goes before those who came a little earlier, the agent who knows the caller first (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.knownCallers.set('2', { ...stranger, priority: 'key-account' });
  rig.knownCallers.set('3', { ...stranger, familiar: '1002' });
  await rig.queueCaller('1');
  rig.time.pass(30);
  await rig.queueCaller('2');
  await rig.queueCaller('3');
  rig.makeReady('1001');
  rig.makeReady('1002');
  expect(rig.line.invites.map(({ seat, callerId }) => [seat, callerId])).toEqual([
    ['1001', '2'],
    ['1002', '1'],
  ]);
  rig.line.pickUp(rig.ringingAt('1002'));
  rig.floor.seatSignedOut('1001');
  rig.makeReady('8806');
  rig.line.end(rig.ringingAt('1002'));
  rig.floor.seatEvent('1002', 'make-ready');
  expect(rig.line.invites.at(-1)).toMatchObject({ seat: '1002', callerId: '3' });
});

test('A3 A6 the ringing seat is told of a key account and of a callback owed; a colleague put through to, of the first (scripted switch)', async () => {
  const rig = new FloorRig();
  const callback = '019ab3c0-0000-7000-8000-000000000001';
  rig.knownCallers.set('2', { ...stranger, priority: 'key-account', callback });
  rig.makeReady('1001');
  rig.seatDown('1002');
  const caller = await rig.queueCaller('2');
  expect(rig.line.invites.at(-1)?.headers).toMatchObject({
    [sipHeaders.priority]: 'key-account',
    [sipHeaders.callback]: callback,
  });
  const leg = rig.ringingAt('1001');
  expect(rig.reached).toEqual([]);
  rig.line.pickUp(leg);
  expect(rig.reached).toEqual([{ contact: expect.objectContaining({ caller: '2' }), at: rig.time.clock() }]);
  const transfer = { report: () => undefined };
  rig.line.tell({ type: 'channel.transfer-asked', channel: leg, target: '1002', transfer });
  expect(rig.line.invites.at(-1)).toMatchObject({ seat: '1002', headers: { [sipHeaders.priority]: 'key-account' } });
  expect(rig.line.invites.at(-1)?.headers).not.toHaveProperty([sipHeaders.callback]);
  rig.line.pickUp(rig.ringingAt('1002'));
  expect(rig.line.peersOf(caller)).toHaveLength(1);
  expect(rig.reached).toHaveLength(1);
});

test('A10 a clerk takes calls while the own queue is short, is told when it is full, and comes back (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.floor.seatSignedIn({ staffNumber: '1003', languages: ['zh'], roles: ['text-clerk'], services });
  rig.line.register('1003');
  rig.floor.seatEvent('1003', 'make-ready');
  rig.floor.inboxesChanged({ text: 5, recording: 0 });
  expect(rig.floor.view('1003')).toMatchObject({ phase: 'ready', notice: 'own-queue' });
  await rig.queueCaller();
  expect(rig.line.invites).toEqual([]);
  rig.floor.inboxesChanged({ text: 2, recording: 0 });
  expect(rig.line.invites).toEqual([]);
  rig.floor.inboxesChanged({ text: 1, recording: 0 });
  expect(rig.line.invites.map(({ seat }) => seat)).toEqual(['1003']);
  expect(rig.floor.view('1003').notice).toBeNull();
});
