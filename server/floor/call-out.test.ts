import { describe, expect, test } from 'vitest';
import { sipHeaders } from '../../contract/sip-headers.ts';
import { FloorRig, settled } from './floor-rig.ts';

const form = '01936f4e-0000-7000-8000-000000000001';
const number = '13800138000';

const rigWithTrunk = (): FloorRig => {
  const rig = new FloorRig();
  rig.line.hasTrunkOut = true;
  return rig;
};

const dialled = async (rig: FloorRig, seat: string, target: string, hints: Readonly<Record<string, string>> = {}) => {
  const leg = rig.line.dial(seat, target, hints);
  await settled();
  return { leg, customer: rig.line.callsOut.findLast((call) => call.number === target)?.channel };
};
const causeOf = (rig: FloorRig, leg: string) => rig.line.hungUp.find(({ channel }) => channel === leg)?.cause;

const ringing = async () => {
  const rig = rigWithTrunk();
  rig.seatDown('1001');
  const { leg, customer } = await dialled(rig, '1001', number);
  if (!customer) throw new Error('nobody was called');
  return { rig, line: rig.line, leg, customer };
};

describe('A6 a seat rings a customer', () => {
  test('A6 the customer sees and hears who calls before the two are joined (scripted switch)', async () => {
    const { rig, line, leg, customer } = await ringing();
    expect(line.callsOut).toMatchObject([{ number, callerId: '1000', ringMs: 45_000 }]);
    expect([rig.phase('1001'), line.wasAnswered(leg)]).toEqual(['talking', false]);
    line.pickUp(customer);
    await settled();
    expect(line.wasAnswered(leg)).toBe(true);
    expect(line.playing(customer)).toEqual([
      'zh/this-is-the-hotline',
      ...['zh/1-yao', 'zh/0', 'zh/0', 'zh/0'],
      'zh/is-calling-you',
    ]);
    expect(line.peersOf(customer)).toEqual([]);
    line.promptEnds(customer);
    expect(line.peersOf(customer)).toEqual([leg]);
    line.end(customer);
    expect([line.isUp(leg), rig.phase('1001')]).toEqual([false, 'wrap-up']);
    expect(line.upChannels()).toEqual([]);
  });

  test('A6 the seat hangs up after the talk: so does the line to the customer (scripted switch)', async () => {
    const { line, leg, customer } = await ringing();
    line.pickUp(customer);
    await settled();
    line.promptEnds(customer);
    line.end(leg);
    expect(line.isUp(customer)).toBe(false);
  });

  test.each([
    ['busy', 486, 'busy'],
    ['declined', 603, 'busy'],
    ['no-answer', 480, 'no-answer'],
    ['not-found', 404, 'not-found'],
    ['failure', 503, 'failure'],
  ] as const)('A6 the seat is told how it went: %s (scripted switch)', async (cause, status, told) => {
    const { rig, line, leg, customer } = await ringing();
    line.end(customer, cause, status);
    expect(causeOf(rig, leg)).toBe(told);
    expect(line.upChannels()).toEqual([]);
    expect(rig.phase('1001')).toBe('wrap-up');
  });

  test('A6 a seat that gives up takes its ringing back, in every stage (scripted switch)', async () => {
    for (const stage of ['ringing', 'announcing'] as const) {
      const { line, leg, customer } = await ringing();
      if (stage === 'announcing') line.pickUp(customer);
      await settled();
      line.end(leg);
      expect(line.upChannels()).toEqual([]);
    }
  });

  test('A6 the seat is given no caller while it rings outside (scripted switch)', async () => {
    const { rig, line } = await ringing();
    await rig.queueCaller('1');
    rig.floor.seatEvent('1001', 'make-ready');
    expect(line.invites).toEqual([]);
  });
});

describe('A6 who may ring whom', () => {
  test('A6 no right, no number, a colleague who is not there, no line out (scripted switch)', async () => {
    const rig = rigWithTrunk();
    rig.seatDown('1001');
    rig.staffNumbers.add('10021002');
    expect(causeOf(rig, (await dialled(rig, '1001', 'ABC')).leg)).toBe('not-found');
    expect(causeOf(rig, (await dialled(rig, '1001', '10021002')).leg)).toBe('not-found');
    expect(causeOf(rig, (await dialled(rig, '9999', number)).leg)).toBe('not-allowed');
    expect(rig.phase('1001')).toBe('break');
    rig.line.hasTrunkOut = false;
    expect(causeOf(rig, (await dialled(rig, '1001', number)).leg)).toBe('not-found');
    expect(rig.line.callsOut).toEqual([]);
    expect(rig.line.upChannels()).toEqual([]);
  });

  test('A9 a callback is rung by the one who has claimed its form, in the language it was asked in (scripted switch)', async () => {
    const rig = rigWithTrunk();
    rig.seatDown('1001');
    rig.seatDown('1002');
    const hints = { [sipHeaders.callback]: form, [sipHeaders.contactId]: 'contact-of-the-desk' };
    expect(causeOf(rig, (await dialled(rig, '1001', number, hints)).leg)).toBe('not-allowed');
    rig.callbacks.set(form, { by: '1001', number, language: 'en' });
    expect(causeOf(rig, (await dialled(rig, '1002', number, hints)).leg)).toBe('not-allowed');
    expect(causeOf(rig, (await dialled(rig, '1001', '13900139000', hints)).leg)).toBe('not-allowed');
    const { customer } = await dialled(rig, '1001', number, hints);
    if (!customer) throw new Error('nobody was called');
    rig.line.pickUp(customer);
    await settled();
    expect(rig.line.playing(customer)[0]).toBe('en/this-is-the-hotline');
  });

  test('A6 a customer is never rung by two agents at once (scripted switch)', async () => {
    const rig = rigWithTrunk();
    rig.seatDown('1001');
    rig.seatDown('1002');
    rig.callbacks.set(form, { by: '1001', number, language: 'zh' });
    await dialled(rig, '1001', number, { [sipHeaders.callback]: form });
    rig.callbacks.set(form, { by: '1002', number, language: 'zh' });
    const second = await dialled(rig, '1002', number, { [sipHeaders.callback]: form });
    expect(causeOf(rig, second.leg)).toBe('busy');
    expect(rig.line.callsOut).toHaveLength(1);
  });
});
