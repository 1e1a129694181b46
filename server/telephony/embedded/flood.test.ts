import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { parseMessage } from './sip-message.ts';
import { testDomain } from './testing/scripted-phone.ts';
import { inCall, invite, pause, receive, receiveAnswer, receiveBye, type Sipp, startSipp } from './testing/sipp.ts';
import { openStage, type Stage } from './testing/stage.ts';

let stage: Stage;
let sipp: Sipp | undefined;
afterEach(async () => {
  sipp?.kill();
  await stage.close();
  expect(stage.faults).toEqual([]);
});

/** A caller on the same address as the flood, who presses a key every 400 ms and waits for each answer. */
const callThatGoesOn = async (
  keys: number,
): Promise<{ readonly channel: Parameters<Stage['telephony']['hangUp']>[0] }> => {
  const presses = Array.from({ length: keys }, (_, index) => [
    inCall('INFO', index + 2, 'application/dtmf-relay', `Signal=${index % 10}\nDuration=160`),
    receive(200),
    pause(400),
  ]).flat();
  sipp = await startSipp(stage.telephony.trunkPort(), [
    invite(),
    receive(100),
    receive(180),
    receiveAnswer,
    inCall('ACK', 1),
    ...presses,
    receiveBye,
  ]);
  const { channel } = await stage.next('channel.arrived');
  expect(await stage.telephony.answer(channel)).toBe(true);
  return { channel };
};

const callEndsWell = async (channel: Parameters<Stage['telephony']['hangUp']>[0], keys: number): Promise<void> => {
  await expect
    .poll(() => stage.events.filter((event) => event.type === 'channel.digit').length, { timeout: 20_000 })
    .toBe(keys);
  await pauseMs(600);
  stage.telephony.hangUp(channel, 'normal');
  expect([await sipp?.exitCode, await sipp?.complaints()]).toEqual([0, '']);
};

const register = (count: number, transport: 'UDP' | 'WS'): string =>
  [
    `REGISTER sip:${testDomain} SIP/2.0`,
    `Via: SIP/2.0/${transport} 127.0.0.1:9;branch=z9hG4bK-flood-${count};rport`,
    'Max-Forwards: 70',
    `From: <sip:1001@${testDomain}>;tag=${count}`,
    `To: <sip:1001@${testDomain}>`,
    `Call-ID: flood-${count}`,
    `CSeq: ${count + 1} REGISTER`,
    'Contact: <sip:1001@127.0.0.1:9>',
    `Authorization: Digest username="1001", realm="${testDomain}", nonce="guess", uri="sip:${testDomain}", response="${'0'.repeat(32)}", algorithm=MD5, cnonce="c", qop=auth, nc=00000001`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');

/** Calls `send` so often a tenth of a second, for so long: 100 × 100 is 10,000 in 10 s. */
const spread = async (tenths: number, each: number, send: (count: number) => void): Promise<void> => {
  for (let tenth = 0; tenth < tenths; tenth += 1) {
    for (let one = 0; one < each; one += 1) send(tenth * each + one);
    await pauseMs(100);
  }
};

test('10,000 REGISTERs in 10 s by WebSocket with wrong digests: nobody gets in, the call goes on', {
  timeout: 60_000,
}, async () => {
  stage = await openStage();
  const seat = await stage.seat('1002');
  expect((await seat.register()).status).toBe(200);
  const { channel } = await callThatGoesOn(20);
  const webSocket = new WebSocket(stage.url, 'sip');
  await once(webSocket, 'open');
  const answers = new Map<number, number>();
  webSocket.on('message', (data: Buffer) => {
    const answer = parseMessage(data);
    if (answer.ok && answer.value.kind === 'response')
      answers.set(answer.value.status, (answers.get(answer.value.status) ?? 0) + 1);
  });
  await spread(100, 100, (count) => webSocket.send(register(count, 'WS')));
  await callEndsWell(channel, 20);
  webSocket.terminate();
  expect([...answers.keys()].filter((status) => status < 400)).toEqual([]);
  expect(stage.events.filter((event) => event.type === 'seat.registered')).toHaveLength(1);
  expect(stage.telephony.figures().turnedAway).toBeGreaterThan(7_000);
  expect(stage.telephony.figures().transactions).toBeLessThan(50);
});

test('10,000 REGISTERs in 10 s by UDP from the address of a caller: the call goes on', {
  timeout: 60_000,
}, async () => {
  stage = await openStage();
  const { channel } = await callThatGoesOn(20);
  const socket = createSocket('udp4');
  await spread(100, 100, (count) => socket.send(register(count, 'UDP'), stage.telephony.trunkPort(), '127.0.0.1'));
  await callEndsWell(channel, 20);
  socket.close();
  expect(stage.events.filter((event) => event.type === 'seat.registered')).toEqual([]);
  expect(stage.telephony.figures().turnedAway).toBeGreaterThan(7_000);
});

test('random, truncated, oversized and mangled messages: the call goes on, nobody gets in', {
  timeout: 60_000,
}, async () => {
  stage = await openStage();
  const { channel } = await callThatGoesOn(8);
  const random = seeded(20_261_124);
  const socket = createSocket('udp4');
  const webSocket = new WebSocket(stage.url, 'sip');
  await once(webSocket, 'open');
  const sound = Buffer.from(register(1, 'UDP').replace('REGISTER', 'OPTIONS').replace('1 REGISTER', '1 OPTIONS'));
  const mangle = (): Buffer => {
    switch (random(4)) {
      case 0:
        return Buffer.from(Array.from({ length: random(1_400) }, () => random(256)));
      case 1:
        return sound.subarray(0, random(sound.length));
      case 2: {
        const bytes = Buffer.from(sound);
        for (let times = random(20); times > 0; times -= 1) bytes[random(bytes.length)] = random(256);
        return bytes;
      }
      default:
        return Buffer.concat([
          sound.subarray(0, sound.length - 4),
          Buffer.from(`\r\nX: ${'a'.repeat(60_000)}\r\n\r\n`),
        ]);
    }
  };
  await spread(30, 40, () => {
    const bytes = mangle();
    socket.send(bytes, stage.telephony.trunkPort(), '127.0.0.1');
    webSocket.send(bytes);
  });
  webSocket.send(Buffer.alloc(70_000, 'a'));
  await once(webSocket, 'close');
  await callEndsWell(channel, 8);
  socket.close();
  expect(stage.events.filter((event) => event.type === 'seat.registered' || event.type === 'channel.dialled')).toEqual(
    [],
  );
  expect(stage.telephony.figures()).toMatchObject({ calls: 0 });
});

test('a flood of INVITEs takes no more calls than there is room for, and the call that is up goes on', {
  timeout: 60_000,
}, async () => {
  stage = await openStage({ maxCalls: 20 });
  const { channel } = await callThatGoesOn(8);
  const socket = createSocket('udp4');
  await spread(30, 100, (count) =>
    socket.send(
      register(count, 'UDP').replaceAll('REGISTER', 'INVITE').replace(`INVITE sip:`, 'INVITE sip:1000@'),
      stage.telephony.trunkPort(),
      '127.0.0.1',
    ),
  );
  expect(stage.telephony.figures().calls).toBeLessThanOrEqual(20);
  await callEndsWell(channel, 8);
  socket.close();
});

const pauseMs = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Park–Miller: the same garbage at every run. */
const seeded = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};
