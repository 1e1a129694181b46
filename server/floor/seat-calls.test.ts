import { expect, test } from 'vitest';
import { sipHeaders } from '../../contract/sip-headers.ts';
import type { ChannelId } from '../telephony/port.ts';
import { FloorRig, settled } from './floor-rig.ts';

const reporting = () => {
  const reports: number[] = [];
  return { reports, transfer: { report: (status: number) => void reports.push(status) } };
};

const transfer = (rig: FloorRig, channel: ChannelId, target: string): readonly number[] => {
  const handle = reporting();
  rig.line.tell({ type: 'channel.transfer-asked', channel, target, transfer: handle.transfer });
  return handle.reports;
};

/** The seat dials a colleague who answers: both legs. */
const consult = async (rig: FloorRig, seat: string, colleague: string) => {
  const own = rig.line.dial(seat, colleague);
  const theirs = rig.ringingAt(colleague);
  rig.line.pickUp(theirs);
  await settled();
  return { own, theirs };
};

test('a caller on hold hears music and comes back (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const { caller, leg } = await rig.talk('1001');
  line.tell({ type: 'channel.held', channel: leg });
  expect(line.playing(caller)).toEqual(['music/hold']);
  expect(line.peersOf(caller)).toEqual([]);
  line.tell({ type: 'channel.resumed', channel: leg });
  expect(line.playing(caller)).toEqual([]);
  expect(line.peersOf(caller)).toEqual([leg]);
});

test('a colleague is rung with a contact of its own, and no hints of a caller to announce to (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const { caller, leg } = await rig.talk('1001');
  rig.seatDown('8806');
  line.tell({ type: 'channel.held', channel: leg });
  const { own, theirs } = await consult(rig, '1001', '8806');
  expect(line.invites.at(-1)).toMatchObject({ seat: '8806', callerId: '1001' });
  expect(line.invites.at(-1)?.headers).toEqual({ [sipHeaders.contactId]: 'contact-2' });
  expect(line.wasAnswered(own)).toBe(true);
  expect(line.peersOf(own)).toEqual([theirs]);
  expect(line.playing(caller)).toEqual(['music/hold']);
  line.end(theirs);
  expect(line.isUp(own)).toBe(false);
  expect(rig.phase('1001')).toBe('talking');
  expect(rig.phase('8806')).toBe('wrap-up');
});

test.each([
  ['an outside number', '02087654321', 'not-found'],
  ['a seat nobody sits at', '1009', 'not-found'],
  ['itself', '1001', 'busy'],
  ['a seat in a call', '1002', 'busy'],
  ['a seat whose telephone is away', '1003', 'no-answer'],
] as const)('a seat that dials %s is refused (scripted switch)', async (_, target, cause) => {
  const rig = new FloorRig();
  await rig.talk('1002');
  rig.makeReady('1003');
  rig.line.unregister('1003');
  rig.makeReady('1001');
  const own = rig.line.dial('1001', target);
  expect(rig.line.hungUp).toContainEqual({ channel: own, cause });
  expect(rig.phase('1001')).toBe('ready');
});

test('a telephone whose desk is not signed in may not dial (scripted switch)', () => {
  const rig = new FloorRig();
  rig.makeReady('1002');
  rig.line.register('1001');
  const own = rig.line.dial('1001', '1002');
  expect(rig.line.hungUp).toContainEqual({ channel: own, cause: 'not-allowed' });
});

test('a colleague who declines: the one who dialled is told busy; one who dialled and left: the ringing stops (scripted switch)', () => {
  const rig = new FloorRig();
  const { line } = rig;
  rig.makeReady('1001');
  rig.makeReady('1002');
  const declined = line.dial('1001', '1002');
  line.end(rig.ringingAt('1002'), 'declined', 603);
  expect(line.hungUp).toContainEqual({ channel: declined, cause: 'busy' });
  expect(rig.phase('1002')).toBe('break');
  rig.floor.seatEvent('1002', 'make-ready');
  line.end(line.dial('1001', '1002'), 'cancelled', 487);
  expect(line.isUp(rig.ringingAt('1002'))).toBe(false);
  expect(rig.phase('1002')).toBe('ready');
});

test('a seat that dials is given no caller meanwhile, nor is the colleague it rings (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('1001');
  rig.seatDown('1002');
  rig.line.dial('1001', '1002');
  rig.floor.seatEvent('1002', 'make-ready');
  await rig.queueCaller();
  expect(rig.line.invites.map(({ seat }) => seat)).toEqual(['1002']);
});

test('a call made in a wrap-up or a break goes on past its end, and a break is not lost by it (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line, time } = rig;
  const { leg } = await rig.talk('1001');
  rig.seatDown('1002');
  line.end(leg);
  time.pass(25);
  const { own } = await consult(rig, '1001', '1002');
  time.pass(60);
  expect(rig.phase('1001')).toBe('talking');
  line.end(own);
  expect([rig.phase('1001'), rig.phase('1002')]).toEqual(['wrap-up', 'wrap-up']);
  time.pass(30);
  expect([rig.phase('1001'), rig.phase('1002')]).toEqual(['ready', 'break']);
});

test('blind transfer: the caller hears music until the colleague answers, then the asking seat wraps up (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const { caller, leg } = await rig.talk('1001');
  rig.makeReady('8806');
  const reports = transfer(rig, leg, '8806');
  expect(line.playing(caller)).toEqual(['music/hold']);
  expect(line.invites.at(-1)).toMatchObject({
    seat: '8806',
    callerId: '13800138000',
    headers: { [sipHeaders.contactId]: 'contact-1' },
  });
  expect(reports).toEqual([]);
  const theirs = rig.ringingAt('8806');
  line.pickUp(theirs);
  expect(reports).toEqual([200]);
  expect(line.isUp(leg)).toBe(false);
  expect(line.peersOf(caller)).toEqual([theirs]);
  expect([rig.phase('1001'), rig.phase('8806')]).toEqual(['wrap-up', 'talking']);
});

test.each([
  ['nobody', '1009', 404],
  ['a seat in a call', '1002', 486],
  ['a seat whose telephone is away', '1003', 480],
] as const)('blind transfer to %s is refused, the call goes on (scripted switch)', async (_, target, status) => {
  const rig = new FloorRig();
  await rig.talk('1002');
  rig.makeReady('1003');
  rig.line.unregister('1003');
  const { caller, leg } = await rig.talk('1001');
  expect(transfer(rig, leg, target)).toEqual([status]);
  expect(rig.line.peersOf(caller)).toEqual([leg]);
});

test('blind transfer that is not answered brings the caller back, on hold where it was on hold (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const { caller, leg } = await rig.talk('1001');
  rig.makeReady('8806');
  const first = transfer(rig, leg, '8806');
  line.end(rig.ringingAt('8806'), 'no-answer', 480);
  expect(first).toEqual([480]);
  expect(line.peersOf(caller)).toEqual([leg]);
  expect(rig.phase('8806')).toBe('break');

  line.tell({ type: 'channel.held', channel: leg });
  const second = transfer(rig, leg, '8806');
  line.end(rig.ringingAt('8806'), 'declined', 603);
  expect(second).toEqual([603]);
  expect(line.peersOf(caller)).toEqual([]);
  expect(line.playing(caller)).toEqual(['music/hold']);
});

test('blind transfer: the asking seat may leave; the caller is put through, or goes to the front (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const one = await rig.talk('1001');
  rig.makeReady('8806');
  transfer(rig, one.leg, '8806');
  line.end(one.leg);
  expect(rig.phase('1001')).toBe('wrap-up');
  expect(line.playing(one.caller)).toEqual(['music/hold']);
  line.pickUp(rig.ringingAt('8806'));
  expect(line.peersOf(one.caller)).toEqual([rig.ringingAt('8806')]);

  const two = await rig.talk('1002');
  rig.makeReady('1003');
  transfer(rig, two.leg, '1003');
  line.end(two.leg);
  line.end(rig.ringingAt('1003'), 'no-answer', 480);
  expect(line.playing(two.caller)).toEqual(['zh/call-restored']);
  expect(rig.floor.waiting()).toBe(1);
});

test('blind transfer: a caller who hangs up ends the ringing and the call (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const { caller, leg } = await rig.talk('1001');
  rig.makeReady('8806');
  const reports = transfer(rig, leg, '8806');
  line.end(caller);
  expect(reports).toEqual([487]);
  expect(line.upChannels()).toEqual([]);
  expect([rig.phase('1001'), rig.phase('8806')]).toEqual(['wrap-up', 'ready']);

  const again = await rig.talk('1002');
  transfer(rig, again.leg, '8806');
  line.end(again.leg);
  line.end(again.caller);
  expect(line.upChannels()).toEqual([]);
  expect(rig.phase('8806')).toBe('ready');
});

test('attended transfer joins caller and colleague; the asking seat wraps up (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const { caller, leg } = await rig.talk('1001');
  rig.makeReady('8806');
  line.tell({ type: 'channel.held', channel: leg });
  const { own, theirs } = await consult(rig, '1001', '8806');
  const handle = reporting();
  line.tell({ type: 'channel.join-asked', channel: leg, consultation: own, transfer: handle.transfer });
  expect(handle.reports).toEqual([200]);
  expect(line.peersOf(caller)).toEqual([theirs]);
  expect([line.isUp(leg), line.isUp(own)]).toEqual([false, false]);
  expect([rig.phase('1001'), rig.phase('8806')]).toEqual(['wrap-up', 'talking']);
  line.end(theirs);
  expect(line.playing(caller)).toEqual(['zh/goodbye']);
});

test('attended transfer of calls that are not two calls of one seat is refused (scripted switch)', async () => {
  const rig = new FloorRig();
  const { line } = rig;
  const one = await rig.talk('1001');
  const two = await rig.talk('1002');
  for (const consultation of [one.leg, two.leg, 'unknown' as ChannelId]) {
    const handle = reporting();
    line.tell({ type: 'channel.join-asked', channel: one.leg, consultation, transfer: handle.transfer });
    expect(handle.reports).toEqual([481]);
  }
  expect(line.peersOf(one.caller)).toEqual([one.leg]);
});
