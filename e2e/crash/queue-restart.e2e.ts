import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { findClipInPieces } from '../audio/find-clip.ts';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { readWav } from '../audio/wav.ts';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { callBySipp, type SippCall } from '../caller/sipp-caller.ts';
import { launchDesk } from '../desk/launch-desk.ts';
import { callPhase, makeReady, signIn } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { waitUntil } from '../stage/wait-until.ts';

const folder = mkdtempSync(join(tmpdir(), 'zuoxi-queue-restart-'));
const closers: (() => Promise<unknown> | undefined)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const prompt = (name: string) => readWav(join(import.meta.dirname, '../../build/prompts', `${name}.wav`));

interface Caller {
  readonly ear: RtpRecorder;
  readonly call: SippCall;
}
let centre: Centre;
let first: Caller;
let second: Caller;

const figure = async (name: string): Promise<number> => {
  const metrics = await (await fetch(`${centre.url}/metrics`)).text();
  return Number(new RegExp(`^${name} ([\\d.]+)`, 'm').exec(metrics)?.[1]);
};
const waiting = () => figure('zuoxi_queue_waiting');

const callIn = async (from: string): Promise<Caller> => {
  const ear = await RtpRecorder.open();
  const call = await callBySipp({
    sipPort: centre.sipPort,
    from,
    dialled: '1000',
    keys: [
      { digit: '2', afterMs: 1_500 },
      { digit: '1', afterMs: 1_000 },
    ],
    voiceFile: callerVoiceFile,
    hearAt: ear.port,
    workDir: join(folder, from),
  });
  closers.push(async () => {
    call.kill();
    ear.close();
  });
  return { ear, call };
};

test('A3 kill -9 of the server: callers in the queue hear it go on and keep their waiting time', async () => {
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  closers.push(centre.stop);
  first = await callIn('13800000001');
  await waitUntil('the first caller waits', async () => (await waiting()) === 1);
  const queuedAt = Date.now();
  second = await callIn('13800000002');
  await waitUntil('the second caller waits', async () => (await waiting()) === 2);

  await centre.kill();
  const killedAt = Date.now();
  await centre.startAgain();
  await waitUntil('both are in the queue again', async () => (await waiting()) === 2);
  const waitedSeconds = Math.floor((Date.now() - queuedAt) / 1_000);
  expect(await figure('zuoxi_queue_longest_wait_seconds')).toBeGreaterThanOrEqual(waitedSeconds - 1);
  await sleep(6_000);
  for (const { ear } of [first, second]) {
    const after = ear.samples().subarray(Math.max(0, Math.round((killedAt - ear.startedAtMs) * 8)));
    expect(findClipInPieces(prompt('en/please-hold'), after).score).toBeGreaterThanOrEqual(0.8);
  }
});

test('A3 after the restart the one who came first is answered first, and the talk ends as any other', async () => {
  const desk = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'desk') });
  closers.push(desk.close);
  await signIn(desk, '1001', 'zuoxi-1001');
  await makeReady(desk);
  await waitUntil('the desk rings', async () => (await callPhase(desk)) === 'ringing', 40_000);
  await desk.deskPage.getByText('13800000001').first().waitFor();
  await desk.deskPage.getByTestId('call-answer').click();
  await waitUntil('they talk', async () => (await callPhase(desk)) === 'talking', 20_000);
  expect(await waiting()).toBe(1);
  await desk.deskPage.getByTestId('call-hangup').click();
  // The BYE in the dialog taken up again: the caller understands it.
  expect(await first.call.ended).toBe(0);
});
