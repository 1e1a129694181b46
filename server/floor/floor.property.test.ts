import fc from 'fast-check';
import { expect, test } from 'vitest';
import { services } from '../../domain/access/services.ts';
import type { ChannelId, TelephonyEvent } from '../telephony/port.ts';
import { FloorRig, settled } from './floor-rig.ts';

const staff = ['1001', '1002', '8806', '8001'] as const;
const transferIds = ['t1', 't2'] as const;

type Move =
  | { readonly type: 'caller' }
  | {
      readonly type: 'agent';
      readonly seat: string;
      readonly act: 'sign-in' | 'sign-out' | 'lost' | 'make-ready' | 'pause' | 'wrap-up-over';
    }
  | { readonly type: 'telephone'; readonly seat: string; readonly up: boolean }
  | { readonly type: 'pick-up' | 'prompt-ends' | 'hold' | 'resume'; readonly nth: number }
  | { readonly type: 'end'; readonly nth: number; readonly cause: 'normal' | 'failure' | 'declined' }
  | { readonly type: 'key'; readonly nth: number; readonly key: string }
  | { readonly type: 'dial'; readonly seat: string; readonly target: string }
  | { readonly type: 'transfer'; readonly nth: number; readonly target: string }
  | { readonly type: 'join'; readonly nth: number; readonly other: number }
  | {
      readonly type: 'hand-on';
      readonly seat: string;
      readonly id: string;
      readonly act: 'senior' | 'manager' | 'begin' | 'join' | 'take-back';
    }
  | { readonly type: 'rating'; readonly seat: string }
  | { readonly type: 'time'; readonly seconds: number };

const seat = fc.constantFrom(...staff);
const nth = fc.nat({ max: 7 });
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ type: 'caller' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('agent' as const),
      seat,
      act: fc.constantFrom('sign-in', 'sign-out', 'lost', 'make-ready', 'make-ready', 'pause', 'wrap-up-over'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('telephone' as const), seat, up: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({ type: fc.constantFrom('pick-up', 'pick-up', 'prompt-ends', 'hold', 'resume'), nth }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('end' as const),
      nth,
      cause: fc.constantFrom('normal', 'failure', 'declined'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('key' as const), nth, key: fc.constantFrom('0', '1', '2', '9') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('dial' as const),
      seat,
      target: fc.constantFrom(...staff, '9999', '13800138000', '13900139000'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('transfer' as const), nth, target: seat }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('join' as const), nth, other: nth }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('hand-on' as const),
      seat,
      id: fc.constantFrom(...transferIds),
      act: fc.constantFrom('senior', 'manager', 'begin', 'begin', 'join', 'take-back'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('rating' as const), seat }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('time' as const), seconds: fc.constantFrom(1, 6, 20, 31) }) },
);

const play = (rig: FloorRig, move: Move): void => {
  const { line, floor } = rig;
  const up = line.upChannels();
  const channelAt = (position: number): ChannelId | undefined => up[position % Math.max(1, up.length)];
  const report = () => undefined;
  const tellOf = (position: number, event: (channel: ChannelId) => TelephonyEvent) => {
    const channel = channelAt(position);
    if (channel) line.tell(event(channel));
  };
  switch (move.type) {
    case 'caller':
      line.arrive();
      return;
    case 'agent':
      if (move.act === 'sign-in')
        floor.seatSignedIn({
          staffNumber: move.seat,
          languages: ['zh', 'en'],
          roles: rig.rolesOf(move.seat),
          services,
        });
      else if (move.act === 'sign-out') floor.seatSignedOut(move.seat);
      else if (move.act === 'lost') floor.seatLost(move.seat);
      else floor.seatEvent(move.seat, move.act);
      return;
    case 'telephone':
      if (move.up) line.register(move.seat);
      else line.unregister(move.seat);
      return;
    case 'pick-up': {
      const customer = line.callsOut.find(({ channel }) => line.isUp(channel) && line.peersOf(channel).length === 0);
      if (customer && move.nth % 2 === 1) {
        line.pickUp(customer.channel);
        return;
      }
      const ringing = line.invites.filter(({ channel }) => line.isUp(channel) && line.peersOf(channel).length === 0);
      const invite = ringing[move.nth % Math.max(1, ringing.length)];
      if (invite) line.pickUp(invite.channel);
      return;
    }
    case 'prompt-ends': {
      const channel = channelAt(move.nth);
      if (channel && line.playing(channel).length > 0) line.promptEnds(channel);
      return;
    }
    case 'hold':
      tellOf(move.nth, (channel) => ({ type: 'channel.held', channel }));
      return;
    case 'resume':
      tellOf(move.nth, (channel) => ({ type: 'channel.resumed', channel }));
      return;
    case 'end': {
      const channel = channelAt(move.nth);
      if (channel) line.end(channel, move.cause);
      return;
    }
    case 'key': {
      const channel = channelAt(move.nth);
      if (channel) line.key(channel, move.key);
      return;
    }
    case 'dial':
      line.dial(move.seat, move.target);
      return;
    case 'transfer':
      tellOf(move.nth, (channel) => ({
        type: 'channel.transfer-asked',
        channel,
        target: move.target,
        transfer: { report },
      }));
      return;
    case 'join': {
      const consultation = channelAt(move.other);
      if (consultation)
        tellOf(move.nth, (channel) => ({ type: 'channel.join-asked', channel, consultation, transfer: { report } }));
      return;
    }
    case 'hand-on':
      if (move.act === 'senior' || move.act === 'manager')
        floor.askTransfer(move.seat, { id: move.id, to: move.act, contactId: null, form: null });
      else if (move.act === 'begin') floor.stepTransfer(move.seat, { id: move.id, step: 'begin', formSent: true });
      else floor.stepTransfer(move.seat, { id: move.id, step: move.act });
      return;
    case 'rating':
      for (const { contact } of rig.openTalks) floor.askRating(move.seat, contact.contactId);
      return;
    case 'time':
      rig.time.pass(move.seconds);
      return;
    default:
      move satisfies never;
  }
};

const seatOf = (channel: ChannelId): string => channel.split('-')[0] ?? '';

const holds = ({ line, floor }: FloorRig): void => {
  const up = line.upChannels();
  for (const channel of up) {
    // The scripted switch itself refuses a channel in two bridges.
    for (const peer of line.peersOf(channel)) expect(up).toContain(peer);
  }
  for (const staffNumber of staff) {
    const answered = up.filter((channel) => seatOf(channel) === staffNumber && line.peersOf(channel).length > 0);
    const phase = floor.view(staffNumber).phase;
    if (answered.length > 0) expect(phase).toBe('talking');
    const ringing = line.invites.filter(({ seat, channel }) => seat === staffNumber && line.isUp(channel));
    if (phase === 'ringing') expect(ringing).not.toEqual([]);
    if (phase === 'off') expect(answered).toEqual([]);
    expect(floor.view(staffNumber).wrapUpEndsAt !== null).toBe(phase === 'wrap-up');
  }
  // A6: no customer is rung twice at once.
  const rung = line.callsOut.filter(({ channel }) => line.isUp(channel) && line.peersOf(channel).length === 0);
  expect(new Set(rung.map(({ number }) => number)).size).toBe(rung.length);
  const callers = up.filter((channel) => seatOf(channel) === 'caller');
  expect(floor.waiting()).toBeLessThanOrEqual(callers.length);
};

/** With agents who come back and take what rings, every caller who waits is spoken to. */
const serveAll = async (rig: FloorRig): Promise<void> => {
  const { line } = rig;
  for (let round = 0; rig.floor.waiting() > 0; round += 1) {
    expect(round).toBeLessThan(100);
    for (const staffNumber of staff) {
      for (const channel of line.upChannels()) if (seatOf(channel) === staffNumber) line.end(channel);
      rig.makeReady(staffNumber);
    }
    for (const { channel } of line.invites) if (line.isUp(channel)) line.pickUp(channel);
    await settled();
    holds(rig);
  }
};

/** Every caller hangs up, every colleague too: nothing may be left over. */
const clearUp = (rig: FloorRig): void => {
  for (const channel of rig.line.upChannels()) rig.line.end(channel);
  expect(rig.line.upChannels()).toEqual([]);
  expect(rig.openTalks.size).toBe(0);
  expect(rig.floor.waiting()).toBe(0);
  rig.time.pass(120);
  for (const staffNumber of staff) expect(['off', 'break', 'ready']).toContain(rig.phase(staffNumber));
  const { offered, answered, abandoned, overflowed } = rig.floor.figures();
  expect(offered).toBe(answered + abandoned + overflowed);
  rig.floor.stop();
  expect(rig.time.pending()).toBe(0);
};

test('A3 property: whatever callers, agents and lines do, nobody is forgotten and nothing is left over (scripted switch)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 80 }), async (moves) => {
      const rig = new FloorRig();
      rig.line.hasTrunkOut = true;
      for (const staffNumber of staff) rig.makeReady(staffNumber);
      for (const one of moves) {
        play(rig, one);
        await settled();
        holds(rig);
      }
      await serveAll(rig);
      clearUp(rig);
    }),
    { numRuns: 300 },
  );
}, 60_000);
