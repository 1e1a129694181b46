import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { findClipInPieces } from './audio/find-clip.ts';
import { readWav, writeWav } from './audio/wav.ts';
import { callByBaresip } from './caller/baresip-caller.ts';
import { callerVoice } from './caller/caller-voice.ts';
import { launchDesk } from './desk/launch-desk.ts';
import { callPhase, makeReady, signIn } from './desk/work-desk.ts';
import { startCentre } from './stage/centre.ts';
import { waitUntil } from './stage/wait-until.ts';
import { announcementOf, likest } from './try/listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'zuoxi-baresip-'));
const closers: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

test('A3 a caller on baresip keys by RFC 4733, hears the staff number and the agent', async () => {
  const centre = await startCentre({ dataDir: join(folder, 'centre') });
  closers.push(centre.stop);
  const agentWav = join(import.meta.dirname, 'voices/agent.wav');
  const desk = await launchDesk({
    serverUrl: centre.url,
    userDataDir: join(folder, 'desk'),
    fakeMicrophoneWav: agentWav,
  });
  closers.push(desk.close);
  await signIn(desk, '1001', 'zuoxi-1001');
  await makeReady(desk);

  const voice = callerVoice();
  const voiceFile = join(folder, 'voice.wav');
  // Speaks once, then listens: two who talk over each other are what an echo canceller makes choppy.
  writeWav(
    voiceFile,
    Float32Array.from({ length: voice.length * 12 }, (_, at) => voice[at] ?? 0),
  );
  const call = await callByBaresip({
    sipPort: centre.sipPort,
    from: '13800005678',
    dialled: '1000',
    voiceFile,
    workDir: join(folder, 'baresip'),
  });
  closers.push(call.finish);
  await sleep(2_500);
  await call.press('2');
  await sleep(1_500);
  await call.press('1');
  await waitUntil('the desk rings', async () => (await callPhase(desk)) === 'ringing', 40_000);
  await desk.deskPage.getByText('13800005678').first().waitFor();
  await desk.deskPage.getByTestId('call-answer').click();
  await waitUntil('the microphone opens', async () => (await callPhase(desk)) === 'talking', 20_000);
  await sleep(10_000);
  await call.hangUp();
  await waitUntil('the desk sees the end', async () => (await callPhase(desk)) !== 'talking');

  const heard = readWav(await call.finish());
  const announcement = findClipInPieces(announcementOf('1001', 'en'), heard);
  const after = heard.subarray(Math.round(announcement.offsetMs * 8) + announcementOf('1001', 'en').length);
  expect(announcement.score).toBeGreaterThanOrEqual(0.8);
  expect(likest(readWav(agentWav), after)).toBeGreaterThanOrEqual(0.8);
});
