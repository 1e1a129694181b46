import { expect, test } from 'vitest';
import { sipHeaders } from '../../contract/sip-headers.ts';
import type { TransferStep } from '../../contract/transfer.ts';
import type { TransferRole } from '../../domain/routing/warm-transfer.ts';
import { FloorRig, settled } from './floor-rig.ts';

const id = '5f0c2f5e-8f0b-4b0e-9c51-0d7f6a4f9a11';
const form = '019ac000-0000-7000-8000-000000000001';

const step = (rig: FloorRig, seat: string, asked: TransferStep['step']): void =>
  rig.floor.stepTransfer(seat, asked === 'begin' ? { id, step: asked, formSent: true } : { id, step: asked });

/** A talk of 1001 that is asked to be handed on, its form sent. */
const handedOn = async (rig: FloorRig, to: TransferRole = 'senior') => {
  const talk = await rig.talk('1001');
  rig.floor.askTransfer('1001', { id, to, contactId: null, form });
  step(rig, '1001', 'begin');
  return talk;
};

/** As far as giver and receiver speaking. */
const consulting = async (rig: FloorRig) => {
  rig.makeReady('8806');
  const talk = await handedOn(rig);
  const receiver = rig.ringingAt('8806');
  rig.line.pickUp(receiver);
  return { ...talk, receiver };
};

const told = (rig: FloorRig, seat: string): string => {
  const { phase, end, receiver } = rig.transfers.get(seat) ?? { phase: 'untold', end: null, receiver: null };
  return [phase, end, receiver].filter(Boolean).join(' ');
};

test('J1 S1 a senior rings with the form and the caller’s hints while giver and caller go on speaking (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('8806');
  const { caller, leg } = await rig.talk('1001');
  rig.floor.askTransfer('1001', { id, to: 'senior', contactId: 'contact-1', form });
  expect(told(rig, '1001')).toBe('preparing');
  expect(rig.line.invites.some(({ seat }) => seat === '8806')).toBe(false);
  step(rig, '1001', 'begin');
  expect(rig.line.invites.at(-1)).toMatchObject({
    seat: '8806',
    callerId: '13800138000',
    headers: {
      [sipHeaders.contactId]: 'contact-1',
      [sipHeaders.service]: '180',
      [sipHeaders.form]: form,
      [sipHeaders.giver]: '1001',
    },
  });
  expect(rig.line.peersOf(caller)).toEqual([leg]);
  expect(told(rig, '1001')).toBe('ringing 8806');
  expect(told(rig, '8806')).toBe('ringing 8806');
});

test('J1 S1 giver and receiver speak, the caller hears music; joined, the giver wraps up (scripted switch)', async () => {
  const rig = new FloorRig();
  const { caller, leg, receiver } = await consulting(rig);
  expect(rig.line.peersOf(leg)).toEqual([receiver]);
  expect(rig.line.playing(caller)).toEqual(['music/hold']);
  expect(told(rig, '8806')).toBe('consulting 8806');
  step(rig, '1001', 'join');
  expect(rig.line.peersOf(caller)).toEqual([receiver]);
  expect(rig.line.playing(caller)).toEqual([]);
  expect(rig.line.isUp(leg)).toBe(false);
  expect([rig.phase('1001'), rig.phase('8806')]).toEqual(['wrap-up', 'talking']);
  expect([told(rig, '1001'), told(rig, '8806')]).toEqual(['ended joined 8806', 'ended joined 8806']);
  rig.line.end(receiver);
  expect(rig.line.playing(caller)).toEqual(['zh/goodbye']);
});

test('M1 a manager’s seat is picked for the manager hotline, and no senior (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('8806');
  rig.makeReady('8001');
  await handedOn(rig, 'manager');
  expect(rig.line.invites.at(-1)?.seat).toBe('8001');
});

test('J1 the receiver may join the caller, where the giver says no more (scripted switch)', async () => {
  const rig = new FloorRig();
  const { caller, receiver } = await consulting(rig);
  step(rig, '8806', 'join');
  expect(rig.line.peersOf(caller)).toEqual([receiver]);
  expect(rig.phase('1001')).toBe('wrap-up');
});

test.each([
  ['takes the caller back', (rig: FloorRig) => step(rig, '1001', 'take-back'), 'taken-back'],
  [
    'has the caller again when the receiver hangs up',
    (rig: FloorRig) => rig.line.end(rig.ringingAt('8806')),
    'given-back',
  ],
])('J1 the giver %s (scripted switch)', async (_name, act, end) => {
  const rig = new FloorRig();
  const { caller, leg, receiver } = await consulting(rig);
  act(rig);
  expect(rig.line.peersOf(caller)).toEqual([leg]);
  expect(rig.line.isUp(receiver)).toBe(false);
  expect([rig.phase('1001'), rig.phase('8806')]).toEqual(['talking', 'wrap-up']);
  expect(told(rig, '1001')).toBe(`ended ${end} 8806`);
});

test('J1 the giver’s desk dies in the consultation: caller and receiver are joined (scripted switch)', async () => {
  const rig = new FloorRig();
  const { caller, receiver } = await consulting(rig);
  rig.floor.seatLost('1001');
  rig.line.unregister('1001');
  rig.time.pass(31);
  expect(rig.line.peersOf(caller)).toEqual([receiver]);
  expect(told(rig, '8806')).toBe('ended joined 8806');
});

test('J1 the caller hangs up in the consultation: both are told, and may go on speaking (scripted switch)', async () => {
  const rig = new FloorRig();
  const { caller, leg, receiver } = await consulting(rig);
  rig.line.end(caller);
  expect(told(rig, '1001')).toBe('ended caller-gone 8806');
  expect(rig.line.peersOf(leg)).toEqual([receiver]);
  rig.line.end(receiver);
  expect(rig.line.isUp(leg)).toBe(false);
  expect([rig.phase('1001'), rig.phase('8806')]).toEqual(['wrap-up', 'wrap-up']);
});

test('J1 the caller hangs up while the receiver rings: it stops ringing (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('8806');
  const { caller } = await handedOn(rig);
  rig.line.end(caller);
  expect(rig.phase('8806')).toBe('ready');
  expect(rig.phase('1001')).toBe('wrap-up');
  expect(told(rig, '1001')).toBe('ended caller-gone 8806');
  expect(rig.floor.waiting()).toBe(0);
});

test('J1 a receiver who does not answer is set aside and told; the next one rings (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('8806');
  const { caller, leg } = await handedOn(rig);
  rig.line.end(rig.ringingAt('8806'), 'no-answer', 480);
  expect(rig.phase('8806')).toBe('break');
  expect(told(rig, '8806')).toBe('ended not-answered 8806');
  expect(rig.transfers.get('1001')).toMatchObject({ phase: 'waiting', missedBy: '8806', receiver: null });
  expect(rig.line.peersOf(caller)).toEqual([leg]);
  rig.floor.seatEvent('8806', 'make-ready');
  expect(told(rig, '1001')).toBe('ringing 8806');
});

test('J1 all seniors busy: the giver stays with the caller, who is next before those in the queue (scripted switch)', async () => {
  const rig = new FloorRig();
  const { leg: busy } = await rig.talk('8806');
  const { caller, leg } = await handedOn(rig);
  expect(told(rig, '1001')).toBe('waiting');
  expect(rig.line.peersOf(caller)).toEqual([leg]);
  const other = await rig.queueCaller('13900139000');
  rig.line.end(busy);
  rig.floor.seatEvent('8806', 'make-ready');
  expect(told(rig, '1001')).toBe('ringing 8806');
  expect(rig.line.playing(other)).not.toEqual([]);
});

test('J1 the giver leaves while all are busy: the caller hears music, then the next senior at once (scripted switch)', async () => {
  const rig = new FloorRig();
  const { leg: busy } = await rig.talk('8806');
  const { caller, leg } = await handedOn(rig);
  step(rig, '1001', 'join');
  expect(rig.line.isUp(leg)).toBe(false);
  expect(rig.phase('1001')).toBe('wrap-up');
  expect(rig.line.playing(caller)).toEqual(['music/hold']);
  rig.line.end(busy);
  rig.floor.seatEvent('8806', 'make-ready');
  const receiver = rig.ringingAt('8806');
  // Nobody speaks first: the caller hears the staff number on answer.
  expect(rig.line.invites.at(-1)?.headers).toMatchObject({ [sipHeaders.form]: form });
  expect(rig.line.invites.at(-1)?.headers).not.toHaveProperty(sipHeaders.giver);
  rig.line.pickUp(receiver);
  expect(rig.line.peersOf(caller)).toEqual([receiver]);
  expect(told(rig, '8806')).toBe('ended joined 8806');
});

test('J1 the giver hangs up while it rings: the receiver gets the caller (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('8806');
  const { caller, leg } = await handedOn(rig);
  rig.line.end(leg);
  expect(rig.line.playing(caller)).toEqual(['music/hold']);
  rig.line.pickUp(rig.ringingAt('8806'));
  expect(rig.line.peersOf(caller)).toEqual([rig.ringingAt('8806')]);
});

test('J3 nobody of the role on duty is said before anything is sent, and the talk goes on (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('8806');
  const { caller, leg } = await rig.talk('1001');
  rig.floor.askTransfer('1001', { id, to: 'manager', contactId: null, form });
  expect(told(rig, '1001')).toBe('ended nobody-on-duty');
  expect(rig.line.peersOf(caller)).toEqual([leg]);
  rig.line.end(leg);
  expect(rig.line.playing(caller)).toEqual(['zh/goodbye']);
});

test('J3 the last of the role signs off after the giver has left: the caller is first in the usual queue (scripted switch)', async () => {
  const rig = new FloorRig();
  const { leg: busy } = await rig.talk('8806');
  const { caller } = await handedOn(rig);
  step(rig, '1001', 'join');
  rig.line.end(busy);
  rig.floor.seatSignedOut('8806');
  expect(told(rig, '1001')).toBe('ended nobody-on-duty');
  expect(rig.line.playing(caller)).toEqual(['zh/call-restored']);
  rig.floor.seatEvent('1001', 'make-ready');
  rig.line.pickUp(rig.ringingAt('1001'));
  expect(rig.line.peersOf(caller)).toEqual([rig.ringingAt('1001')]);
});

test('J1 a customer who was called is handed on as a caller is (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.line.hasTrunkOut = true;
  rig.makeReady('8806');
  rig.seatDown('1001');
  const leg = rig.line.dial('1001', '13800138000');
  await settled();
  const customer = rig.line.callsOut.at(-1)?.channel;
  if (!customer) throw new Error('nobody was called');
  rig.line.pickUp(customer);
  await settled();
  rig.line.promptEnds(customer);
  expect(rig.line.peersOf(customer)).toEqual([leg]);
  rig.floor.askTransfer('1001', { id, to: 'senior', contactId: null, form });
  step(rig, '1001', 'begin');
  const receiver = rig.ringingAt('8806');
  rig.line.pickUp(receiver);
  expect(rig.line.playing(customer)).toEqual(['music/hold']);
  step(rig, '1001', 'join');
  expect(rig.line.peersOf(customer)).toEqual([receiver]);
});

test('J1 only one hands a talk on at a time, and only its seat (scripted switch)', async () => {
  const rig = new FloorRig();
  rig.makeReady('8806');
  const { caller, leg } = await handedOn(rig);
  rig.floor.askTransfer('1001', { id: 'another', to: 'manager', contactId: null, form: null });
  expect(told(rig, '1001')).toBe('ended no-such-talk');
  step(rig, '1002', 'take-back');
  expect(rig.floor.transferOf('1001')?.phase).toBe('ringing');
  const reports: number[] = [];
  const transfer = { report: (status: number) => void reports.push(status) };
  rig.line.tell({ type: 'channel.transfer-asked', channel: leg, target: '8806', transfer });
  expect(reports).toEqual([481]);
  expect(rig.line.peersOf(caller)).toEqual([leg]);
});

test('Q1 a seat that asks for a rating wraps up, and its caller keys it to the switch (scripted switch)', async () => {
  const rig = new FloorRig();
  const { caller, leg } = await rig.talk('1001');
  rig.floor.askRating('1001', 'contact-1');
  expect(rig.line.isUp(leg)).toBe(false);
  expect(rig.phase('1001')).toBe('wrap-up');
  expect(rig.line.playing(caller)).toEqual(['zh/rating-question']);
  rig.line.key(caller, '2');
  expect(rig.access.ratings).toMatchObject([{ contact: { contactId: 'contact-1' }, outcome: 'dissatisfied' }]);
  expect(rig.line.playing(caller)).toEqual(['zh/rating-kept', 'zh/goodbye']);
});
