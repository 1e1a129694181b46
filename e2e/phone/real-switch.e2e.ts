import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { livePath, routes } from '../../contract/http.ts';
import type { CallView } from '../../contract/phone.ts';
import { announcementClips } from '../../domain/announcement/clips.ts';
import { findClipInPieces, level } from '../audio/find-clip.ts';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { readWav } from '../audio/wav.ts';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { callBySipp, type SippCall } from '../caller/sipp-caller.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { type Line, layLine } from '../stage/line.ts';
import { seatAcknowledgedAt } from '../try/sip-trace.ts';
import { going, lastCall } from './rig.ts';
import { type StagedPhone, stagePhone } from './stage-phone.ts';

const root = join(import.meta.dirname, '../..');
const prompts = join(root, 'build/prompts');

/** An agent at work: signed in, and a phone. */
interface Seat {
  readonly phone: StagedPhone;
  readonly makeReady: () => void;
  readonly last: () => CallView | undefined;
  readonly until: (phase: CallView['phase'], withinMs?: number) => Promise<CallView>;
  readonly close: () => Promise<void>;
}

let folder: string;
let centre: Centre;
let line: Line;
let junior: Seat;
let senior: Seat;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-phone-real-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  line = await layLine(centre.httpPort);
  junior = await takeSeat('1001');
  senior = await takeSeat('8806');
});

afterAll(async () => {
  await junior?.close();
  await senior?.close();
  await line?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const takeSeat = async (staffNumber: string): Promise<Seat> => {
  const signIn = { staffNumber, password: `zuoxi-${staffNumber}`, device: crypto.randomUUID(), epoch: null };
  const { tokens } = routes.signIn.answer.parse(await post(routes.signIn.path, { body: signIn }));
  const live = new WebSocket(new URL(livePath, centre.url.replace('http', 'ws')));
  live.on('open', () => live.send(JSON.stringify({ type: 'hello', accessToken: tokens.accessToken })));
  const phone = await stagePhone({
    staffNumber,
    account: async () => {
      const account = routes.sipAccount.answer.parse(
        await post(routes.sipAccount.path, { accessToken: tokens.accessToken }),
      );
      return { ...account, webSocketUrl: new URL(account.webSocketPath, line.url.replace('http', 'ws')).href };
    },
    microphoneFile: join(root, 'e2e/voices/agent.wav'),
    promptFolder: prompts,
  });
  await phone.until('registered', (now) => now.registration.state === 'registered', 20_000);
  const last = () => phone.snapshot().calls.at(-1);
  return {
    phone,
    last,
    makeReady: () => live.send(JSON.stringify({ type: 'seat.event', event: 'make-ready' })),
    until: async (phase, withinMs = 40_000) => {
      const now = await phone.until(phase, ({ calls }) => calls.at(-1)?.phase === phase, withinMs);
      return lastCall(now);
    },
    close: async () => {
      await phone.close();
      live.close();
    },
  };
};

const post = async (
  path: string,
  given: { readonly body?: unknown; readonly accessToken?: string },
): Promise<unknown> => {
  const answer = await fetch(new URL(path, centre.url), {
    method: 'POST',
    headers: {
      ...(given.accessToken === undefined ? {} : { authorization: `Bearer ${given.accessToken}` }),
      ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

/** A caller on the way to an agent, by keys 1 for Chinese and 1 for complaints. */
const callIn = async (name: string): Promise<{ readonly ear: RtpRecorder; readonly sipp: SippCall }> => {
  const ear = await RtpRecorder.open();
  const sipp = await callBySipp({
    sipPort: centre.sipPort,
    from: '13900001111',
    dialled: '1000',
    keys: [
      { digit: '1', afterMs: 2_500 },
      { digit: '1', afterMs: 2_000 },
    ],
    voiceFile: callerVoiceFile,
    hearAt: ear.port,
    workDir: join(folder, name),
  });
  return { ear, sipp };
};

test('A3 a caller through the real switch: announced within 600 ms, and heard again after a cut of the line', async () => {
  junior.makeReady();
  const { ear, sipp } = await callIn('cut');
  try {
    const { id, ...call } = await junior.until('ringing');
    expect(call).toMatchObject({ remote: '13900001111', service: '180', language: 'zh' });
    await junior.phone.command({ type: 'answer', call: id });
    const { announcement } = await junior.until('talking');
    if (announcement?.outcome !== 'played') throw new Error(`announcement: ${JSON.stringify(announcement)}`);
    const acknowledgedAt = seatAcknowledgedAt(await readFile(centre.sipTraceFile, 'utf8'));
    expect(announcement.startedAt - acknowledgedAt).toBeLessThanOrEqual(600);
    await sleep(2_000);

    line.cut();
    await junior.phone.until('retrying', (now) => now.registration.state === 'retrying');
    await sleep(2_000);
    line.restore();
    await junior.phone.until('registered again', (now) => now.registration.state === 'registered', 40_000);
    await sleep(4_000);
    expect(junior.last()?.phase).toBe('talking');
    expect(junior.last()?.quality?.mos).toBeGreaterThan(3);

    await junior.phone.command({ type: 'hang-up', call: id });
    expect(await sipp.ended).toBe(0);
    const file = join(folder, 'cut.wav');
    const heardFrom = ear.writeWav(file);
    const heard = readWav(file);
    const clips = announcementClips('1001', 'zh').map((clip) => readWav(join(prompts, `${clip}.wav`)));
    const expected = Float32Array.from(clips.flatMap((clip) => [...clip]));
    const found = findClipInPieces(expected, heard.subarray(Math.max(0, (acknowledgedAt - heardFrom) * 8)));
    expect(found.score).toBeGreaterThanOrEqual(0.8);
    expect(found.offsetMs).toBeLessThanOrEqual(600);
    expect(level(heard, heard.length / 8 - 2_500, heard.length / 8 - 500)).toBeGreaterThan(0.01);
  } finally {
    sipp.kill();
    ear.close();
  }
});

test('J3 a caller is handed over after a word with the colleague, and to a number without one', async () => {
  junior.makeReady();
  const { ear, sipp } = await callIn('transfer');
  try {
    const { id } = await junior.until('ringing');
    await junior.phone.command({ type: 'answer', call: id });
    await junior.until('talking');

    await junior.phone.command({ type: 'dial', target: '8806' });
    const asked = await senior.until('ringing');
    expect(asked).toMatchObject({ contactId: null, service: null });
    await senior.phone.command({ type: 'answer', call: asked.id });
    expect((await senior.until('talking')).announcement).toBeNull();
    const consulting = await junior.phone.until(
      'consulting',
      ({ calls }) => calls[0]?.phase === 'held' && calls[1]?.phase === 'talking',
    );
    await junior.phone.command({ type: 'transfer-attended', call: id, consultation: lastCall(consulting).id });
    const over = await junior.phone.until('handed over', (now) => going(now).length === 0, 20_000);
    expect(over.calls[0]?.outcome).toBe('transferred');

    const before = ear.packets;
    await sleep(3_000);
    expect(senior.last()?.phase).toBe('talking');
    expect(ear.packets - before).toBeGreaterThan(100);
    expect(senior.last()?.quality?.mos).toBeGreaterThan(3);

    // And back, without a word: the junior's phone rings again.
    await senior.phone.command({ type: 'transfer-blind', call: asked.id, target: '1001' });
    const back = await junior.until('ringing');
    await junior.phone.command({ type: 'answer', call: back.id });
    await junior.until('talking');
    expect((await senior.until('ended')).outcome).toBe('transferred');
    await junior.phone.command({ type: 'hang-up', call: back.id });
    expect(await sipp.ended).toBe(0);
  } finally {
    sipp.kill();
    ear.close();
  }
});
