import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeG711, g711LinearTable } from './g711.ts';
import { createMediaEngine } from './media-engine.ts';
import type { MediaEngine, MediaLeg, MediaLegEvent, PlaybackEnd } from './media-leg.ts';
import type { RecordingEnd } from './recorder.ts';
import { findClip, likeness, loudness, speechLike, tone } from './testing/signals.ts';
import { openUdpPhone, type UdpPhone } from './testing/udp-phone.ts';
import { parseWav, wavHeader } from './wav.ts';

let folder: string;
let engine: MediaEngine;
let warnings: string[];
const phones: UdpPhone[] = [];
const RTP_PORTS = { first: 46_000, last: 46_199 };

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const writeClip = (name: string, samples: Int16Array): void => {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  writeFileSync(join(folder, `${name}.wav`), Buffer.concat([wavHeader(data.length), data]));
};

const start = (overrides: { latchSources?: boolean; rtpPorts?: { first: number; last: number } } = {}): void => {
  engine = createMediaEngine({
    bindAddress: '127.0.0.1',
    rtpPorts: RTP_PORTS,
    promptFolders: [folder],
    latchSources: false,
    warn: (message) => warnings.push(message),
    ...overrides,
  });
};

beforeEach(async () => {
  warnings = [];
  folder = mkdtempSync(join(tmpdir(), 'media-'));
  await mkdir(join(folder, 'zh'));
  await mkdir(join(folder, 'music'));
  start();
});

afterEach(async () => {
  await engine.close();
  for (const phone of phones.splice(0)) phone.close();
  rmSync(folder, { recursive: true });
});

const openLeg = async (): Promise<MediaLeg> => {
  const leg = await engine.openLeg('rtp');
  if (!leg.ok) throw new Error(leg.error);
  return leg.value;
};

const call = async (): Promise<{ phone: UdpPhone; leg: MediaLeg; events: MediaLegEvent[] }> => {
  const phone = await openUdpPhone();
  phones.push(phone);
  const leg = await openLeg();
  const events: MediaLegEvent[] = [];
  leg.onEvent((event) => events.push(event));
  const answer = await leg.acceptOffer(phone.offer());
  if (!answer.ok) throw new Error(answer.error);
  phone.takeAnswer(answer.value);
  return { phone, leg, events };
};

const digits = (events: readonly MediaLegEvent[]): string =>
  events.map((event) => (event.type === 'digit' ? event.digit : '')).join('');

test('two parties in a bridge hear one another', async () => {
  const [a, b] = [await call(), await call()];
  engine.bridge([a.leg, b.leg]);
  const [fromA, fromB] = [speechLike(2, 1), speechLike(2, 3)];
  await Promise.all([a.phone.say(fromA), b.phone.say(fromB)]);
  await sleep(200);
  expect(likeness(fromA.subarray(2_000, 14_000), b.phone.heard())).toBeGreaterThan(0.95);
  expect(likeness(fromB.subarray(2_000, 14_000), a.phone.heard())).toBeGreaterThan(0.95);
  expect(a.events).toContainEqual({ type: 'connected' });
});

// Tried again where the machine itself paused: the figure is the switch's, not the machine's.
test('the switch adds less than 100 ms between mouth and ear', { retry: 8 }, async () => {
  const [a, b] = [await call(), await call()];
  engine.bridge([a.leg, b.leg]);
  const spokenMs = performance.now();
  await a.phone.say(tone(400, 0.3));
  await sleep(200);
  expect(b.phone.firstSoundMs() - spokenMs).toBeLessThan(100);
});

test('a third party hears the sum of the two others and not itself', async () => {
  const [a, b, c] = [await call(), await call(), await call()];
  engine.bridge([a.leg, b.leg, c.leg]);
  const [fromA, fromB, fromC] = [speechLike(1.5, 1), speechLike(1.5, 3), speechLike(1.5, 5)];
  await Promise.all([a.phone.say(fromA), b.phone.say(fromB), c.phone.say(fromC)]);
  await sleep(200);
  const heard = c.phone.heard();
  for (const voice of [fromA, fromB]) expect(likeness(voice.subarray(2_000, 10_000), heard)).toBeGreaterThan(0.5);
  expect(findClip(fromC.subarray(2_000, 10_000), heard).score).toBeLessThan(0.3);
});

test('loss, reordering, repeats and garbage do not stop the talk', async () => {
  const [a, b] = [await call(), await call()];
  engine.bridge([a.leg, b.leg]);
  const voice = speechLike(2.5, 2);
  const shake = (packets: Buffer[]): Buffer[] => {
    const nothing = Buffer.alloc(0);
    const shaken = packets.map((packet, i) => (i % 20 === 7 ? nothing : packet));
    for (let i = 10; i + 1 < shaken.length; i += 16) {
      const [first, second] = [shaken[i], shaken[i + 1]];
      if (first && second) shaken.splice(i, 2, second, first);
    }
    return shaken;
  };
  const noise = setInterval(() => {
    for (const junk of ['', 'x', '\u0080', 'RIFF'.repeat(30), '\u00ff'.repeat(2_000)])
      a.phone.sendRaw(Buffer.from(junk, 'latin1'));
  }, 40);
  await a.phone.say(voice, shake);
  clearInterval(noise);
  await sleep(200);
  expect(likeness(voice.subarray(2_000, 18_000), b.phone.heard())).toBeGreaterThan(0.9);
});

test('sends every 20 ms as soon as it is up, in unbroken sequence', async () => {
  const { phone } = await call();
  await sleep(1_000);
  expect(phone.packets.length).toBeGreaterThan(25);
  expect(phone.packets.length).toBeLessThan(56);
  for (const [i, packet] of phone.packets.entries()) {
    const before = phone.packets[i - 1];
    if (before) expect(packet.sequence).toBe((before.sequence + 1) & 0xffff);
  }
});

test('plays prompts in order, tells the end, and skips what is not there with a warning', async () => {
  const [first, second] = [speechLike(0.6, 2), speechLike(0.6, 4)];
  writeClip('zh/first', first);
  writeClip('zh/second', second);
  const { phone, leg } = await call();
  const ends: PlaybackEnd[] = [];
  await new Promise<void>((resolve) => {
    engine.play(leg, ['zh/first', 'zh/missing', 'zh/second'], 'once', (how) => {
      ends.push(how);
      resolve();
    });
  });
  await sleep(60);
  const heard = phone.heard();
  const found = [findClip(first, heard), findClip(second, heard)];
  expect(found.map(({ score }) => score > 0.95)).toEqual([true, true]);
  expect((found[1]?.offset ?? 0) - (found[0]?.offset ?? 0)).toBe(4_800);
  expect(ends).toEqual(['played']);
  expect(warnings).toEqual(['prompt left out']);
});

test('a playback stops at once when told, when replaced, when bridged and when the leg closes', async () => {
  writeClip('music/hold', tone(440, 0.2));
  const { phone, leg } = await call();
  const other = await call();
  const ends: string[] = [];
  const note = (name: string) => (how: PlaybackEnd) => ends.push(`${name} ${how}`);
  const told = engine.play(leg, ['music/hold'], 'for-ever', note('told'));
  await sleep(500);
  told.stop();
  told.stop();
  await sleep(60);
  const before = phone.heard().length;
  await sleep(200);
  expect(loudness(phone.heard().subarray(before))).toBeLessThan(10);
  engine.play(leg, ['music/hold'], 'for-ever', note('replaced'));
  engine.play(leg, ['music/hold'], 'for-ever', note('bridged'));
  engine.bridge([leg, other.leg]);
  engine.play(leg, ['music/hold'], 'for-ever', note('closed'));
  leg.close();
  expect(ends).toEqual(['told stopped', 'replaced stopped', 'bridged stopped', 'closed stopped']);
});

test('an empty playback ends after play returned', async () => {
  const { leg } = await call();
  let ended = false;
  engine.play(leg, [], 'for-ever', () => {
    ended = true;
  });
  expect(ended).toBe(false);
  await sleep(100);
  expect(ended).toBe(true);
});

test('each key press is told once, though packets of it are lost', async () => {
  const { phone, events } = await call();
  await phone.say(new Int16Array(800));
  await phone.press(1, 5);
  await phone.say(new Int16Array(800));
  await phone.press(10, 5, (packet) => packet > 1); // Its first packets are lost.
  await phone.press(1, 5, (packet, of) => packet === of - 1); // All but the last end packet.
  await phone.press(1, 5, (packet) => packet < 4); // All three ends; the next event closes it.
  await phone.press(9, 5, (packet) => packet < 4); // All three ends, and nothing after it.
  await sleep(500);
  expect(digits(events)).toBe('1*119');
  const first = events.find((event) => event.type === 'digit');
  expect(first).toEqual({ type: 'digit', digit: '1', durationMs: 100 });
});

test('a key pressed by one party of a bridge reaches the other', async () => {
  const [a, b] = [await call(), await call()];
  engine.bridge([a.leg, b.leg]);
  await a.phone.press(5, 5);
  a.leg.sendDigit('#', 100);
  await sleep(500);
  expect(new Set(b.phone.events.map(({ code }) => code))).toEqual(new Set([5]));
  expect(new Set(b.phone.events.map(({ timestamp }) => timestamp)).size).toBe(1);
  expect(b.phone.events.filter(({ end }) => end)).toHaveLength(3);
  expect(new Set(a.phone.events.map(({ code }) => code))).toEqual(new Set([11]));
});

const record = (leg: MediaLeg, file: string, maxMs?: number) => {
  const ends: RecordingEnd[] = [];
  return { ...engine.record(leg, file, { maxMs, onEnd: (end) => ends.push(end) }), ends };
};
const recorded = (file: string): Int16Array => {
  const wav = parseWav(readFileSync(file));
  if (!wav.ok) throw new Error(wav.error);
  return wav.value.samples;
};
const asSent = (samples: Int16Array): Int16Array => {
  const codes = new Uint8Array(samples.length);
  encodeG711('pcmu', samples, codes, 0);
  return Int16Array.from(codes, (code) => g711LinearTable('pcmu')[code] ?? 0);
};
const bytesOf = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);

test('A7 records every sample as it was sent, complete after stop and all but complete before', async () => {
  const { phone, leg } = await call();
  const file = join(folder, 'said.wav');
  const recording = record(leg, file);
  const voice = speechLike(2, 3);
  await phone.say(voice);
  expect(recorded(file).length).toBeGreaterThan(8_000);
  await sleep(150);
  await recording.stop();
  expect(bytesOf(recorded(file)).indexOf(bytesOf(asSent(voice)))).toBeGreaterThanOrEqual(0);
  expect(recording.ends).toEqual([{ why: 'stopped', ms: recorded(file).length / 8 }]);
});

test('A7 a recording is sample for sample what was sent where packets come in disorder and twice', async () => {
  const { phone, leg } = await call();
  const file = join(folder, 'said.wav');
  const recording = record(leg, file);
  const voice = speechLike(2, 5);
  await phone.say(voice, (packets) =>
    // The next packet before this one, and once more in its own place.
    packets.flatMap((packet, i) => (i % 5 === 3 ? [packets[i + 1] ?? packet, packet] : [packet])),
  );
  await sleep(150);
  await recording.stop();
  expect(bytesOf(recorded(file)).indexOf(bytesOf(asSent(voice)))).toBeGreaterThanOrEqual(0);
});

test('A7 a recording ends at exactly the length asked for', async () => {
  const { phone, leg } = await call();
  const file = join(folder, 'said.wav');
  const recording = record(leg, file, 1_000);
  const voice = speechLike(2, 4);
  await phone.say(voice);
  await expect.poll(() => recording.ends).toEqual([{ why: 'full', ms: 1_000 }]);
  expect(recorded(file)).toHaveLength(8_000);
  await recording.stop();
  expect(recording.ends).toHaveLength(1);
});

test('A3 a talk is recorded in stereo, each voice on its side, in and out of a bridge, until a leg ends', async () => {
  const [caller, seat] = [await call(), await call()];
  const file = join(folder, 'talk.wav');
  const ends: RecordingEnd[] = [];
  engine.recordPair([caller.leg, seat.leg], file, (end) => ends.push(end));
  const bridge = engine.bridge([caller.leg, seat.leg]);
  const [asked, answered, later] = [speechLike(1.5, 1), speechLike(1.5, 3), speechLike(1.5, 5)];
  await Promise.all([caller.phone.say(asked), seat.phone.say(answered)]);
  bridge.close();
  await seat.phone.say(later);
  await sleep(200);
  expect(ends).toEqual([]);
  caller.leg.close();
  await expect.poll(() => ends).toMatchObject([{ why: 'stopped' }]);
  const wav = parseWav(readFileSync(file));
  if (!wav.ok) throw new Error(wav.error);
  expect(wav.value).toMatchObject({ channels: 2, sampleRateHz: 8_000 });
  expect(ends[0]?.ms).toBe(wav.value.samples.length / 16);
  const [left, right] = [0, 1].map((side) => wav.value.samples.filter((_, i) => i % 2 === side));
  if (!left || !right) throw new Error('a side is missing');
  expect(likeness(asked.subarray(2_000, 10_000), left)).toBeGreaterThan(0.95);
  expect(likeness(answered.subarray(2_000, 10_000), right)).toBeGreaterThan(0.95);
  expect(likeness(later.subarray(2_000, 10_000), right)).toBeGreaterThan(0.95);
  expect(findClip(answered.subarray(2_000, 10_000), left).score).toBeLessThan(0.3);
});

test('a talk of which one leg is gone already is not recorded', async () => {
  const [caller, seat] = [await call(), await call()];
  seat.leg.close();
  const ends: RecordingEnd[] = [];
  engine.recordPair([caller.leg, seat.leg], join(folder, 'talk.wav'), (end) => ends.push(end));
  await expect.poll(() => ends).toEqual([{ why: 'stopped', ms: 0 }]);
});

test('a recording into a folder that is not there fails, and says so', async () => {
  const { leg } = await call();
  const recording = record(leg, join(folder, 'nowhere', 'x.wav'));
  await expect.poll(() => recording.ends).toMatchObject([{ why: 'failed', ms: 0 }]);
  await recording.stop();
});

test('A7 a recording whose disk is full ends, and says so', async () => {
  const { leg } = await call();
  const recording = record(leg, '/dev/full');
  await expect.poll(() => recording.ends).toMatchObject([{ why: 'disk-full', ms: 0 }]);
});

test('A7 recordings are played one after the other, as prompts are', async () => {
  const { phone, leg } = await call();
  const voice = speechLike(2, 6);
  writeClip('zh/a', voice.subarray(0, 8_000));
  writeClip('zh/b', voice.subarray(8_000));
  const ends: PlaybackEnd[] = [];
  const sounds = ['a', 'b'].map((name) => ({ recording: join(folder, 'zh', `${name}.wav`) }));
  engine.play(leg, [...sounds, { recording: join(folder, 'none.wav') }], 'once', (how) => ends.push(how));
  await expect.poll(() => ends, { timeout: 5_000 }).toEqual(['played']);
  expect(likeness(voice, phone.heard())).toBeGreaterThan(0.95);
  expect(warnings).toEqual(['recording left out']);
});

test('a party left alone with a holder hears the hold music, and its talk comes back after', async () => {
  const music = speechLike(1, 6);
  writeClip('music/hold', music);
  const [a, b] = [await call(), await call()];
  engine.bridge([a.leg, b.leg]);
  const held = await b.leg.acceptOffer(b.phone.offer({ direction: 'sendonly' }));
  expect(held.ok && held.value).toContain('a=recvonly');
  expect(b.leg.peerHolds).toBe(true);
  const sentToHolder = b.phone.packets.length;
  await Promise.all([b.phone.say(speechLike(1.5, 1)), sleep(1_500)]);
  expect(likeness(music.subarray(0, 4_000), a.phone.heard())).toBeGreaterThan(0.95);
  expect(b.phone.packets.length - sentToHolder).toBeLessThan(3);
  await b.leg.acceptOffer(b.phone.offer());
  expect(b.leg.peerHolds).toBe(false);
  const voice = speechLike(1, 4);
  await b.phone.say(voice);
  await sleep(200);
  expect(likeness(voice.subarray(1_000, 7_000), a.phone.heard())).toBeGreaterThan(0.95);
});

test('packets from a stranger are ignored', async () => {
  const { leg, phone, events } = await call();
  const target = Number(/m=audio (\d+)/.exec(await leg.createOffer())?.[1]);
  const stranger = createSocket('udp4').bind(0, '127.0.0.2');
  const packet = Buffer.concat([Buffer.from('8065000100000001000000ff', 'hex'), Buffer.from('018a0320', 'hex')]);
  for (let i = 0; i < 3; i++) stranger.send(packet, target, '127.0.0.1');
  await sleep(100);
  stranger.close();
  expect(events).toEqual([]);
  await phone.press(7, 5);
  expect(digits(events)).toBe('7');
});

test('a party may speak from another port than it listens on, but from one only', async () => {
  const { leg, phone, events } = await call();
  const target = Number(/m=audio (\d+)/.exec(await leg.createOffer())?.[1]);
  const pressSeven = Buffer.concat([Buffer.from('8065000100000001000000ff', 'hex'), Buffer.from('078a0320', 'hex')]);
  const mouth = createSocket('udp4');
  mouth.send(pressSeven, target, '127.0.0.1');
  await sleep(100);
  expect(digits(events)).toBe('7');
  await phone.press(3, 5);
  expect(digits(events)).toBe('7');
  mouth.close();
});

test('with latching the first source of agreed packets becomes the party', async () => {
  await engine.close();
  start({ latchSources: true });
  const phone = await openUdpPhone();
  phones.push(phone);
  const leg = await openLeg();
  const answer = await leg.acceptOffer(phone.offer().replace(`m=audio ${phone.port}`, 'm=audio 9'));
  if (!answer.ok) throw new Error(answer.error);
  phone.takeAnswer(answer.value);
  await phone.say(tone(400, 0.2));
  await sleep(100);
  expect(phone.packets.length).toBeGreaterThan(3);
});

test('no free port is said, and a closed leg frees its own', async () => {
  await engine.close();
  start({ rtpPorts: { first: 46_300, last: 46_303 } });
  const first = await openLeg();
  await openLeg();
  expect(await engine.openLeg('rtp')).toEqual({ ok: false, error: 'no-port' });
  first.close();
  first.close();
  await sleep(20);
  expect((await engine.openLeg('rtp')).ok).toBe(true);
  expect(await first.acceptOffer('v=0\r\n')).toEqual({ ok: false, error: 'closed' });
});

test('finds prompts by name and nothing outside the folders', () => {
  writeClip('zh/here', tone(300, 0.1));
  writeFileSync(join(folder, 'zh', 'bad.wav'), 'not a sound');
  expect(
    ['zh/here', 'zh/bad', 'zh/none', '../zh/here', 'zh/../zh/here', '/etc/passwd', 'zh/here.wav'].map(engine.hasPrompt),
  ).toEqual([true, false, false, false, false, false, false]);
});
