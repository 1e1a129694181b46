import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Service, services } from '../../domain/access/services.ts';
import { FloorRig, settled } from '../floor/floor-rig.ts';
import type { KeptRecording } from '../records/recordings.ts';
import { newId } from '../sync/push.fixture.ts';
import { wavHeader } from '../telephony/embedded/media/wav.ts';
import type { ChannelId } from '../telephony/port.ts';
import { openRecordingSpool } from './recording-spool.ts';
import { createTalkRecorder, type TalkRecorder } from './talk-recorder.ts';

let folder: string;
let rig: FloorRig;
let kept: KeptRecording[];
let recorder: TalkRecorder;

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Puts the recorder on the rig's talks. */
const record = (recorded: readonly Service[]): void => {
  const spool = openRecordingSpool({
    folder,
    keep: async (recording) => void kept.push(recording),
    clock: rig.time.clock,
    newId,
    log,
  });
  recorder = createTalkRecorder({
    port: rig.line,
    spool,
    services: recorded,
    clock: rig.time.clock,
    timers: rig.time,
    log,
  });
  rig.talkWatcher = recorder;
};

/** One second of stereo in every file that is being written (the scripted switch writes none). */
const speak = (): void => {
  for (const { file } of rig.line.recordings)
    writeFileSync(file, Buffer.concat([wavHeader(32_000, 2), Buffer.alloc(32_000)]));
};
const sides = (): readonly (readonly ChannelId[] | undefined)[] =>
  rig.line.recordings.map(({ recording }) => rig.line.pairs.get(recording));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recordings-'));
  rig = new FloorRig();
  kept = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

test('A3 a talk of a recorded service is recorded from its first word to its last (scripted switch)', async () => {
  record(services);
  const { caller, leg } = await rig.talk('1001');
  expect(sides()).toEqual([[caller, leg]]);
  speak();
  rig.time.pass(60);
  rig.line.end(caller);
  await expect.poll(() => kept).toHaveLength(1);
  expect(kept).toMatchObject([
    { contact: 'contact-1', seat: '1001', service: '180', caller: '13800138000', ms: 1_000, complete: true },
  ]);
  expect((kept[0]?.endedAt ?? 0) - (kept[0]?.startedAt ?? 0)).toBe(60_000);
  await expect.poll(() => readdirSync(folder)).toEqual([]);
});

test('A3 no talk is recorded of a service that is not, nor of a customer who was called (scripted switch)', async () => {
  record(services.filter((service) => service !== '180'));
  await rig.talk('1001');
  expect(sides()).toEqual([]);
  record(services);
  rig.line.hasTrunkOut = true;
  rig.makeReady('1002');
  rig.line.dial('1002', '13900139000');
  await settled();
  for (const { channel } of rig.line.callsOut) rig.line.pickUp(channel);
  expect(rig.openTalks.size).toBeGreaterThan(0);
  expect(sides()).toEqual([]);
});

test('A3 a transferred call is one contact in two recordings, a seat each (scripted switch)', async () => {
  record(services);
  const { caller, leg } = await rig.talk('1001');
  rig.makeReady('8806');
  speak();
  rig.line.tell({
    type: 'channel.transfer-asked',
    channel: leg,
    target: '8806',
    transfer: { report: () => undefined },
  });
  const colleague = rig.ringingAt('8806');
  rig.line.pickUp(colleague);
  await expect.poll(sides).toEqual([[caller, colleague]]);
  speak();
  rig.line.end(colleague);
  await expect
    .poll(() => kept.map(({ contact, seat }) => [contact, seat]).toSorted())
    .toEqual([
      ['contact-1', '1001'],
      ['contact-1', '8806'],
    ]);
});

test('A3 a long talk goes on in a new file every ten minutes, the two joined in one step (scripted switch)', async () => {
  record(services);
  const { caller, leg } = await rig.talk('1001');
  speak();
  rig.time.pass(601);
  expect(sides()).toEqual([[caller, leg]]);
  speak();
  rig.line.end(caller);
  await expect.poll(() => kept.map(({ complete }) => complete)).toEqual([true, true]);
  // Both are filed at once: the later part may be through first.
  const [first, second] = kept.toSorted((one, other) => one.startedAt - other.startedAt);
  expect(second?.startedAt).toBe(first?.endedAt);
});

test('A3 a recording that breaks off is kept as not complete, and the talk goes on (scripted switch)', async () => {
  record(services);
  const { caller, leg } = await rig.talk('1001');
  speak();
  for (const { recording } of rig.line.recordings) rig.line.recordingEnds(recording, 'disk-full', 1_000);
  await expect.poll(() => kept.map(({ complete }) => complete)).toEqual([false]);
  expect(rig.line.peersOf(caller)).toEqual([leg]);
});

test('A3 a server that stops files what it records first (scripted switch)', async () => {
  record(services);
  await rig.talk('1001');
  speak();
  await recorder.stop();
  expect(kept).toMatchObject([{ complete: true }]);
});
