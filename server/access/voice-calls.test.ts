import { describe, expect, test } from 'vitest';
import { sipHeaders } from '../../contract/sip-headers.ts';
import { FloorRig, settled } from '../floor/floor-rig.ts';
import type { ChannelId } from '../telephony/port.ts';

/** Keys one after another, each heard before the next. */
const press = async (rig: FloorRig, caller: ChannelId, signs: string): Promise<void> => {
  for (const sign of signs) {
    rig.line.key(caller, sign);
    await settled();
  }
};
const offeredCaller = async (rig: FloorRig, number = '13800138000'): Promise<ChannelId> => {
  const caller = await rig.queueCaller(number);
  rig.time.pass(15);
  return caller;
};

describe('A5 all seats busy (scripted switch)', () => {
  test('A5 after 15 s with all seats busy the caller is offered three ways, and again every 45 s', async () => {
    const rig = new FloorRig();
    const caller = await rig.queueCaller();
    rig.time.pass(14.9);
    expect(rig.line.playing(caller)).not.toContain('zh/overflow-offer');
    rig.time.pass(0.1);
    expect(rig.line.playing(caller)).toContain('zh/overflow-offer');
    await press(rig, caller, '3');
    expect(rig.line.playing(caller)).toEqual(['music/hold']);
    rig.time.pass(44.9);
    expect(rig.line.playing(caller)).toEqual(['music/hold']);
    rig.time.pass(0.1);
    expect(rig.line.playing(caller)).toContain('zh/overflow-offer');
  });

  test('A5 a seat that is free for other callers only does not count, one that is free for this one stops the time', async () => {
    const rig = new FloorRig();
    rig.makeReady('1001', ['en']);
    const caller = await offeredCaller(rig);
    expect(rig.line.playing(caller)).toContain('zh/overflow-offer');
  });

  test('A5 keeping waiting keeps the place', async () => {
    const rig = new FloorRig();
    const first = await offeredCaller(rig, '1');
    await press(rig, first, '3');
    await rig.queueCaller('2');
    rig.makeReady('1001');
    expect(rig.line.invites.map(({ callerId }) => callerId)).toEqual(['1']);
  });

  test('A5 who leaves for a callback and comes back has the former place, and the waiting time with it', async () => {
    const rig = new FloorRig();
    const first = await offeredCaller(rig, '13800138000');
    await rig.queueCaller('2');
    await press(rig, first, '1');
    expect(rig.floor.waiting()).toBe(1);
    await press(rig, first, '0');
    expect(rig.floor.waiting()).toBe(2);
    rig.makeReady('1001');
    expect(rig.line.invites.at(-1)).toMatchObject({
      callerId: '13800138000',
      headers: { [sipHeaders.waitedSeconds]: '15' },
    });
  });

  test('A5 a seat that rings cuts the offer short', async () => {
    const rig = new FloorRig();
    const caller = await offeredCaller(rig);
    rig.makeReady('1001');
    expect(rig.line.playing(caller)).toEqual(['music/hold']);
    rig.line.pickUp(rig.ringingAt('1001'));
    expect(rig.line.peersOf(caller)).toHaveLength(1);
  });
});

describe('A6 the callback (scripted switch)', () => {
  test('A6 a callback is kept under the own number or another, and promised after', async () => {
    const rig = new FloorRig();
    const one = await offeredCaller(rig);
    await press(rig, one, '11');
    expect(rig.access.callbacks).toMatchObject([
      { number: '13800138000', contact: { service: '180', language: 'zh' } },
    ]);
    expect(rig.line.playing(one)).toEqual(['zh/callback-kept', 'zh/anything-else']);
    const other = await offeredCaller(rig);
    await press(rig, other, '120105551234#1');
    expect(rig.access.callbacks.at(-1)).toMatchObject({ number: '0105551234' });
    expect(rig.floor.waiting()).toBe(0);
  });

  test('A6 a callback that the records refuse is not promised: the caller waits again at the former place', async () => {
    const rig = new FloorRig();
    rig.access.recordsFail = true;
    rig.logsErrors = true;
    const caller = await offeredCaller(rig);
    await press(rig, caller, '11');
    expect(rig.line.playing(caller)).toEqual(['zh/callback-not-kept', 'zh/queue-joined']);
    expect(rig.floor.waiting()).toBe(1);
  });

  test('A6 records that do not answer in time count as refusing', async () => {
    const rig = new FloorRig();
    rig.logsErrors = true;
    rig.access.recordsHang = true;
    const caller = await offeredCaller(rig);
    await press(rig, caller, '11');
    expect(rig.line.playing(caller)).toEqual(['zh/one-moment']);
    rig.time.pass(8);
    await settled();
    expect(rig.line.playing(caller)).toContain('zh/callback-not-kept');
  });
});

describe('A7 the voice message (scripted switch)', () => {
  const speaking = async (rig: FloorRig): Promise<ChannelId> => {
    const caller = await offeredCaller(rig);
    await press(rig, caller, '21');
    rig.line.promptEnds(caller);
    rig.line.promptEnds(caller);
    await settled();
    return caller;
  };

  test('A7 segments of 5 minutes go on by a key, and are played back as one', async () => {
    const rig = new FloorRig();
    const caller = await speaking(rig);
    const [first] = rig.line.recordings;
    expect(first).toMatchObject({ channel: caller, maxMs: 300_000 });
    if (!first) throw new Error('nothing is recorded');
    rig.line.recordingEnds(first.recording, 'full', 300_000);
    expect(rig.line.playing(caller)).toEqual(['zh/message-continue']);
    await press(rig, caller, '1');
    rig.line.promptEnds(caller);
    await settled();
    expect(rig.line.recordings).toHaveLength(1);
    await press(rig, caller, '#');
    expect(rig.line.recordings).toEqual([]);
    expect(rig.line.playing(caller)).toEqual(['zh/message-playback', 'paper/1.wav', 'paper/2.wav', 'zh/message-keys']);
    await press(rig, caller, '1');
    expect(rig.access.messages).toEqual([{ number: '13800138000', how: 'confirmed', files: 2 }]);
    expect(rig.line.playing(caller)).toEqual(['zh/message-kept', 'zh/anything-else']);
  });

  test('A7 a hang-up in the middle keeps what was said, and marks it', async () => {
    const rig = new FloorRig();
    const caller = await speaking(rig);
    rig.line.end(caller);
    await settled();
    expect(rig.access.messages).toEqual([{ number: '13800138000', how: 'hung-up', files: 1 }]);
  });

  test('A7 recording again drops what was said before', async () => {
    const rig = new FloorRig();
    const caller = await speaking(rig);
    await press(rig, caller, '#2');
    expect(rig.access.dropped).toHaveLength(1);
    rig.line.end(caller);
    await settled();
    expect(rig.access.messages).toEqual([]);
  });

  test('A7 a disk that fills up ends the recording; it is said, and what was said is kept', async () => {
    const rig = new FloorRig();
    const caller = await speaking(rig);
    rig.access.freeDiskMiB = 100;
    rig.time.pass(1);
    await settled();
    await settled();
    expect(rig.line.playing(caller)).toContain('zh/message-disk-full');
    await press(rig, caller, '1');
    expect(rig.access.messages).toMatchObject([{ how: 'disk-full', files: 1 }]);
  });

  test('A7 with no room on the disk no message is begun', async () => {
    const rig = new FloorRig();
    rig.access.freeDiskMiB = 100;
    const caller = await speaking(rig);
    expect(rig.line.recordings).toEqual([]);
    expect(rig.line.playing(caller)).toEqual(['zh/messages-unavailable', 'zh/queue-joined']);
  });
});

describe('112 and 170 (scripted switch)', () => {
  const automatic = async (rig: FloorRig, service: '2' | '5'): Promise<ChannelId> => {
    const caller = rig.line.arrive();
    await settled();
    await press(rig, caller, `1${service}`);
    return caller;
  };

  test('A2 112 books a fault for a known line and reads its number', async () => {
    const rig = new FloorRig();
    rig.access.lines.set('5551234', { password: '', months: [] });
    const caller = await automatic(rig, '2');
    await press(rig, caller, '5551234#2');
    expect(rig.access.faults).toEqual([{ line: '5551234', kind: 'noise' }]);
    expect(rig.line.playing(caller).slice(0, 3)).toEqual(['zh/fault-booked', 'zh/2', 'zh/6']);
  });

  test('A2 170 reads the bill, and no log line holds the password', async () => {
    const rig = new FloorRig();
    rig.access.lines.set('5551234', { password: '246810', months: [{ month: 10, fen: 12_345 }] });
    const caller = await automatic(rig, '5');
    await press(rig, caller, '5551234#246810#');
    expect(rig.line.playing(caller)).toContain('zh/yuan');
    expect(JSON.stringify(rig.logged)).not.toContain('246810');
  });

  test('A2 170 a line whose password is guessed at is refused unseen after nine wrong tries', async () => {
    const rig = new FloorRig();
    rig.access.lines.set('5551234', { password: '246810', months: [] });
    for (let call = 0; call < 3; call += 1) {
      const caller = await automatic(rig, '5');
      await press(rig, caller, '5551234#1111#5551234#1112#5551234#1113#');
      expect(rig.line.playing(caller)).toEqual(['zh/bill-refused']);
      rig.line.end(caller);
    }
    const guesser = await automatic(rig, '5');
    await press(rig, guesser, '5551234#246810#');
    expect(rig.line.playing(guesser)).toContain('zh/bill-mismatch');
    rig.time.pass(3_601);
    const owner = await automatic(rig, '5');
    await press(rig, owner, '5551234#246810#');
    expect(rig.line.playing(owner)).toContain('zh/no-bill');
  });

  test('A2 line records that fail lead to an agent with an apology', async () => {
    const rig = new FloorRig();
    rig.logsErrors = true;
    rig.access.lineRecordsFail = true;
    const caller = await automatic(rig, '2');
    await press(rig, caller, '5551234#');
    expect(rig.line.playing(caller)).toEqual(['zh/records-unavailable', 'zh/queue-joined']);
    expect(rig.floor.waiting()).toBe(1);
  });
});
