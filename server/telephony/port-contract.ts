import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChannelId, TelephonyEvent, TelephonyPort } from './port.ts';

/** A phone at the far end of the switch under test. */
export interface ContractPhone {
  /** Calls a number; resolves with the final SIP status. */
  readonly dial: (target: string) => Promise<number>;
  /** Waits until it rings. */
  readonly rings: () => Promise<void>;
  readonly pickUp: () => Promise<void>;
  readonly decline: () => Promise<void>;
  readonly press: (digit: string) => Promise<void>;
  readonly hangUp: () => Promise<void>;
  /** The switch hung up or took its call back. */
  readonly wasHungUp: () => Promise<void>;
  /** Puts the call through; resolves with the last status reported. */
  readonly transferTo: (target: string) => Promise<number>;
}

/** What a customer does who is called; `wentWell` fails unless the switch did its part to the end. */
export const customerDoings = ['answers', 'is busy', 'does not answer'] as const;
export interface ContractCustomer {
  readonly wentWell: () => Promise<void>;
}

export interface ContractStage {
  /** Started; `close` stops it. */
  readonly port: TelephonyPort;
  /** A caller of that number, on a trunk. */
  readonly caller: (number: string) => Promise<ContractPhone>;
  /** A caller from the public page, who may call 1000 only. */
  readonly guest: () => Promise<ContractPhone>;
  /** A seat's softphone, registered. */
  readonly seat: (staffNumber: string) => Promise<ContractPhone>;
  /** A customer's telephone behind the trunk that calls out. */
  readonly customer: (does: (typeof customerDoings)[number]) => Promise<ContractCustomer>;
  readonly close: () => Promise<void>;
}

/** What every adapter of the telephony port keeps to, whatever switch stands behind it. */
export const keepsThePortContract = (openStage: () => Promise<ContractStage>): void => {
  let stage: ContractStage;
  let port: TelephonyPort;
  let events: TelephonyEvent[];
  let inPort = false;
  let toldWithin = false;

  beforeEach(async () => {
    stage = await openStage();
    port = stage.port;
    events = [];
    port.onEvent((event) => {
      toldWithin ||= inPort;
      events.push(event);
    });
  });
  afterEach(async () => {
    await stage.close();
  });

  const told = async <Type extends TelephonyEvent['type']>(
    type: Type,
  ): Promise<Extract<TelephonyEvent, { type: Type }>> => {
    const find = () => events.find((event): event is Extract<TelephonyEvent, { type: Type }> => event.type === type);
    await expect.poll(find, { timeout: 10_000 }).toBeDefined();
    const event = find();
    if (!event) throw new Error(`${type} was not told`);
    return event;
  };
  const originate = (seat: string, ringMs = 5_000): ChannelId => {
    const channel = port.originate({ seat, callerId: '13800138000', headers: {}, ringMs, language: 'zh' });
    if (channel === undefined) throw new Error('the seat is not registered');
    return channel;
  };
  const answeredCaller = async () => {
    const caller = await stage.caller('13800138000');
    const dialling = caller.dial('1000');
    const { channel } = await told('channel.arrived');
    expect(await port.answer(channel)).toBe(true);
    expect(await dialling).toBe(200);
    return { caller, channel };
  };
  const answeredSeat = async (staffNumber: string) => {
    const seat = await stage.seat(staffNumber);
    const channel = originate(staffNumber);
    await seat.rings();
    await seat.pickUp();
    expect(await told('channel.answered')).toMatchObject({ channel });
    return { seat, channel };
  };

  test('a caller arrives, is answered, presses keys, hangs up', async () => {
    const { caller, channel } = await answeredCaller();
    expect(await told('channel.arrived')).toMatchObject({ caller: '13800138000', dialled: '1000', origin: 'trunk' });
    await caller.press('7');
    expect(await told('channel.digit')).toMatchObject({ channel, digit: '7' });
    await caller.hangUp();
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'normal' });
    expect(await port.answer(channel)).toBe(false);
  });

  test('A1 a caller from the web arrives, is answered, presses keys, hangs up', async () => {
    const guest = await stage.guest();
    const dialling = guest.dial('1000');
    const { channel, ...arrived } = await told('channel.arrived');
    expect(arrived).toMatchObject({ caller: '', dialled: '1000', origin: 'web' });
    expect(await port.answer(channel)).toBe(true);
    expect(await dialling).toBe(200);
    await guest.press('1');
    expect(await told('channel.digit')).toMatchObject({ channel, digit: '1' });
    await guest.hangUp();
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'normal' });
  });

  test.each(['1001', '13800138000'])('A1 a caller from the web may not call %s', async (target) => {
    await stage.seat('1001');
    expect(await (await stage.guest()).dial(target)).toBe(403);
    expect(events.filter(({ type }) => type !== 'seat.registered')).toEqual([]);
  });

  test.each([
    ['busy', 486],
    ['not-found', 404],
    ['not-allowed', 403],
  ] as const)('a caller that rings is refused as %s with %i', async (cause, status) => {
    const caller = await stage.caller('13800138000');
    const dialling = caller.dial('1000');
    const { channel } = await told('channel.arrived');
    port.hangUp(channel, cause);
    expect(await dialling).toBe(status);
    expect(await told('channel.ended')).toMatchObject({ channel, cause });
  });

  test('an answered caller is hung up once, whatever is said after', async () => {
    const { caller, channel } = await answeredCaller();
    port.hangUp(channel, 'normal');
    port.hangUp(channel, 'failure');
    await caller.wasHungUp();
    await told('channel.ended');
    port.hangUp(channel, 'normal');
    expect(events.filter((event) => event.type === 'channel.ended')).toHaveLength(1);
  });

  test('a seat without a registration cannot be rung', () => {
    expect(port.originate({ seat: '1002', callerId: '', headers: {}, ringMs: 1_000, language: 'zh' })).toBeUndefined();
  });

  test('a seat rings, answers, hangs up', async () => {
    const { seat, channel } = await answeredSeat('1001');
    expect(await told('seat.registered')).toMatchObject({ seat: '1001' });
    expect(await told('channel.ringing')).toMatchObject({ channel });
    await seat.hangUp();
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'normal' });
  });

  test('a seat declines', async () => {
    const seat = await stage.seat('1001');
    const channel = originate('1001');
    await seat.rings();
    await seat.decline();
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'declined', sipStatus: 603 });
  });

  test('a seat rings no longer than it was asked to', async () => {
    const seat = await stage.seat('1001');
    const channel = originate('1001', 500);
    await seat.rings();
    await seat.wasHungUp();
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'no-answer' });
  });

  test('a playback ends by itself, by the next one, by being stopped, by a bridge', async () => {
    const { channel } = await answeredCaller();
    const ends = () =>
      events.flatMap((event) => (event.type === 'playback.ended' ? [[event.playback, event.how]] : []));
    const first = port.play(channel, ['zh/welcome'], 'for-ever');
    const second = port.play(channel, ['zh/welcome'], 'once');
    await expect.poll(ends, { timeout: 10_000 }).toEqual([
      [first, 'stopped'],
      [second, 'played'],
    ]);
    const third = port.play(channel, ['zh/welcome'], 'for-ever');
    port.stopPlayback(third);
    const fourth = port.play(channel, ['zh/welcome'], 'for-ever');
    port.bridge([channel]);
    await expect
      .poll(() => ends().slice(2))
      .toEqual([
        [third, 'stopped'],
        [fourth, 'stopped'],
      ]);
  });

  test('a recording ends by its length, by being stopped, by the end of its channel; once each', async () => {
    const { caller, channel } = await answeredCaller();
    const folder = await mkdtemp(join(tmpdir(), 'port-contract-'));
    const ends = () =>
      events.flatMap((event) =>
        event.type === 'recording.ended' ? [[event.recording, event.why, event.channel]] : [],
      );
    const full = port.record(channel, join(folder, 'full.wav'), 500);
    const stopped = port.record(channel, join(folder, 'stopped.wav'), 60_000);
    await port.stopRecording(stopped);
    await port.stopRecording(stopped);
    await expect.poll(ends, { timeout: 10_000 }).toEqual([
      [stopped, 'stopped', channel],
      [full, 'full', channel],
    ]);
    await caller.hangUp();
    await told('channel.ended');
    const late = port.record(channel, join(folder, 'late.wav'));
    await expect.poll(() => ends().slice(2)).toEqual([[late, 'failed', channel]]);
    await rm(folder, { recursive: true });
  });

  test('a recording of two channels outlives their bridge, and ends by being stopped, by the end of either', async () => {
    const { caller, channel } = await answeredCaller();
    const agent = await answeredSeat('1001');
    const folder = await mkdtemp(join(tmpdir(), 'port-contract-'));
    const ends = () =>
      events.flatMap((event) =>
        event.type === 'recording.ended' ? [[event.recording, event.why, event.channel]] : [],
      );
    const stopped = port.recordPair([channel, agent.channel], join(folder, 'stopped.wav'));
    const cut = port.recordPair([agent.channel, channel], join(folder, 'cut.wav'));
    port.unbridge(port.bridge([channel, agent.channel]));
    await port.stopRecording(stopped);
    await expect.poll(ends).toEqual([[stopped, 'stopped', channel]]);
    await caller.hangUp();
    await expect.poll(() => ends().slice(1)).toEqual([[cut, 'stopped', agent.channel]]);
    const late = port.recordPair([channel, agent.channel], join(folder, 'late.wav'));
    await expect.poll(() => ends().slice(2)).toEqual([[late, 'failed', channel]]);
    await rm(folder, { recursive: true });
  });

  test('channels outlive their bridge', async () => {
    const { caller, channel } = await answeredCaller();
    const agent = await answeredSeat('1001');
    port.unbridge(port.bridge([channel, agent.channel]));
    expect(events.filter((event) => event.type === 'channel.ended')).toEqual([]);
    await caller.hangUp();
    expect(await told('channel.ended')).toMatchObject({ channel });
  });

  test('a seat dials, and is told that the number is unknown', async () => {
    const seat = await stage.seat('1001');
    const dialling = seat.dial('7777');
    const { channel, target } = await told('channel.dialled');
    expect(target).toBe('7777');
    port.hangUp(channel, 'not-found');
    expect(await dialling).toBe(404);
  });

  test('a seat asks for a transfer and hears how it went', async () => {
    const { seat, channel } = await answeredSeat('1001');
    const transferring = seat.transferTo('8806');
    const asked = await told('channel.transfer-asked');
    expect(asked).toMatchObject({ channel, target: '8806' });
    asked.transfer.report(486);
    expect(await transferring).toBe(486);
  });

  const callOut = (ringMs = 20_000): ChannelId => {
    expect(port.canCallOut()).toBe(true);
    const channel = port.callOut({ number: '13800138000', callerId: '1000', ringMs });
    if (channel === undefined) throw new Error('no line out');
    return channel;
  };

  test('A6 a customer is called, rings, answers, is hung up', async () => {
    const customer = await stage.customer('answers');
    const channel = callOut();
    expect(await told('channel.ringing')).toMatchObject({ channel });
    expect(await told('channel.answered')).toMatchObject({ channel });
    port.hangUp(channel, 'normal');
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'normal' });
    await customer.wentWell();
  });

  test('A6 a customer who is busy is told as busy', async () => {
    const customer = await stage.customer('is busy');
    const channel = callOut();
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'busy', sipStatus: 486 });
    await customer.wentWell();
  });

  test('A6 a customer rings no longer than asked', async () => {
    const customer = await stage.customer('does not answer');
    const channel = callOut(1_000);
    expect(await told('channel.ended')).toMatchObject({ channel, cause: 'no-answer' });
    await customer.wentWell();
  });

  test('nothing is told from within a call of the port', async () => {
    const { channel } = await answeredCaller();
    inPort = true;
    port.play(channel, ['zh/welcome'], 'for-ever');
    port.hangUp(channel, 'normal');
    inPort = false;
    await told('channel.ended');
    expect(toldWithin).toBe(false);
  });
};
