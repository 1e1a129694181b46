import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createMediaEngine } from './media/media-engine.ts';
import {
  answerOf,
  cancel,
  inCall,
  invite,
  pause,
  receive,
  receiveAnswer,
  receiveBye,
  type Sipp,
  startSipp,
} from './testing/sipp.ts';
import { openStage, type Stage } from './testing/stage.ts';

let stage: Stage;
const sipps: Sipp[] = [];
afterEach(async () => {
  for (const sipp of sipps.splice(0)) sipp.kill();
  await stage.close();
  expect(stage.faults).toEqual([]);
});

const call = async (...steps: string[]): Promise<Sipp> => {
  const sipp = await startSipp(stage.telephony.trunkPort(), steps);
  sipps.push(sipp);
  return sipp;
};
const wentWell = async (sipp: Sipp): Promise<void> => {
  const code = await sipp.exitCode;
  expect([code, code === 0 ? '' : await sipp.complaints()]).toEqual([0, '']);
};
const toAnswer = [receive(100), receive(180), receiveAnswer, inCall('ACK', 1)];

test('A2 a caller rings, is answered, keys digits by INFO and hangs up', async () => {
  stage = await openStage();
  const info = inCall('INFO', 2, 'application/dtmf-relay', 'Signal=1\nDuration=160');
  const sipp = await call(invite(), ...toAnswer, info, receive(200), pause(100), inCall('BYE', 3), receive(200));
  const arrived = await stage.next('channel.arrived');
  expect(arrived).toMatchObject({ caller: '13800138000', dialled: '1000', origin: 'trunk' });
  expect(await stage.telephony.answer(arrived.channel)).toBe(true);
  expect(await stage.next('channel.digit')).toMatchObject({ channel: arrived.channel, digit: '1', durationMs: 160 });
  expect(await stage.next('channel.ended')).toMatchObject({ channel: arrived.channel, cause: 'normal' });
  await wentWell(sipp);
});

test('the trunk’s word for the caller’s number goes before the caller’s own', async () => {
  stage = await openStage();
  await call(invite('P-Asserted-Identity: <tel:+86-10-6666-0000>'), receive(100), receive(180), pause(5_000));
  expect(await stage.next('channel.arrived')).toMatchObject({ caller: '+861066660000' });
});

test('the switch hangs up an answered call', async () => {
  stage = await openStage();
  const sipp = await call(invite(), ...toAnswer, receiveBye);
  const { channel } = await stage.next('channel.arrived');
  await stage.telephony.answer(channel);
  await pauseMs(300);
  stage.telephony.hangUp(channel, 'normal');
  await wentWell(sipp);
  expect(await stage.telephony.answer(channel)).toBe(false);
});

test('a caller gives up while it rings: CANCEL', async () => {
  stage = await openStage();
  const ack = inCall('ACK', 1)
    .replace('[next_url]', 'sip:[service]@[remote_ip]:[remote_port]')
    .replace('[branch]', '[branch-6]');
  const sipp = await call(invite(), receive(100), receive(180), cancel, receive(200), receive(487), ack);
  const { channel } = await stage.next('channel.arrived');
  expect(await stage.next('channel.ended')).toMatchObject({ channel, cause: 'cancelled' });
  await wentWell(sipp);
  await expect.poll(() => stage.telephony.figures().calls).toBe(0);
});

test('an INVITE without SDP gets the offer in the 200', async () => {
  stage = await openStage();
  const answer = inCall('ACK', 1, 'application/sdp', answerOf);
  const sipp = await call(
    invite('', ''),
    receive(100),
    receive(180),
    receiveAnswer,
    answer,
    pause(100),
    inCall('BYE', 2),
    receive(200),
  );
  const { channel } = await stage.next('channel.arrived');
  await stage.telephony.answer(channel);
  await wentWell(sipp);
});

test('a 200 is sent again until its ACK comes (RFC 3261 section 13.3.1.4)', async () => {
  const traceFile = await newTraceFile();
  stage = await openStage({ traceFile });
  const sipp = await call(
    invite(),
    receive(100),
    receive(180),
    receiveAnswer,
    pause(1_800),
    inCall('ACK', 1),
    pause(1_500),
    receiveBye,
  );
  const { channel } = await stage.next('channel.arrived');
  await stage.telephony.answer(channel);
  await pauseMs(3_000);
  stage.telephony.hangUp(channel, 'normal');
  await sipp.exitCode;
  await stage.close();
  // At once, after 0.5 s and after 1.5 s; not after the ACK.
  expect(
    (await traced(traceFile)).filter((line) => line.direction === 'out' && line.message.startsWith('SIP/2.0 200 ')),
  ).toHaveLength(3);
});

test('an offer without audio is refused with 488, an unknown extension with 420, no hops left with 483', async () => {
  stage = await openStage();
  const ack = inCall('ACK', 1)
    .replace('[next_url]', 'sip:[service]@[remote_ip]:[remote_port]')
    .replace('[branch]', '[branch-3]');
  const ackOnce = ack.replace('[branch-3]', '[branch-2]');
  const video = answerOf.replace('m=audio', 'm=video');
  await wentWell(await call(invite('', video), receive(100), receive(488), ack));
  await wentWell(await call(invite('Require: 100rel'), receive(420), ackOnce));
  await wentWell(await call(invite().replace('Max-Forwards: 70', 'Max-Forwards: 0'), receive(483), ackOnce));
  expect(stage.events).toEqual([]);
});

test('addresses that are no trunk get no answer', async () => {
  stage = await openStage({ trunks: ['192.0.2.0/24'] });
  const sipp = await call(invite(), `<recv response="100" timeout="1500"/>`);
  expect(await sipp.exitCode).not.toBe(0);
  expect(stage.events).toEqual([]);
});

test('with real media a call is answered, and the trace keeps its messages', async () => {
  const traceFile = await newTraceFile();
  stage = await openStage({ traceFile, createMedia: createMediaEngine, rtpPorts: { first: 41_000, last: 41_099 } });
  const sipp = await call(invite(), ...toAnswer, pause(200), inCall('BYE', 2), receive(200));
  const { channel } = await stage.next('channel.arrived');
  await stage.telephony.answer(channel);
  await wentWell(sipp);
  await stage.next('channel.ended');
  await stage.close();
  const lines = await traced(traceFile);
  expect(lines[0]).toMatchObject({ direction: 'in', transport: 'udp', message: expect.stringMatching(/^INVITE /) });
  expect(lines).toContainEqual(
    expect.objectContaining({ direction: 'out', message: expect.stringMatching(/^SIP\/2\.0 200 /) }),
  );
});

const pauseMs = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const newTraceFile = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'trace-')), 'sip.jsonl');
const tracedMessage = z.object({
  at: z.number(),
  direction: z.enum(['in', 'out']),
  transport: z.literal('udp'),
  remote: z.string(),
  message: z.string(),
});
const traced = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => tracedMessage.parse(JSON.parse(line)));
