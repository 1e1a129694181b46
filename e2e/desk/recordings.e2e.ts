import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {} from '../../renderer/app/bridge.ts';
import { readChannels } from '../../renderer/desk/inbox/player/wave.ts';
import { openEmbedded } from '../../server/records/open-records.ts';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { readWav, type Samples } from '../audio/wav.ts';
import { callerVoice, callerVoiceFile } from '../caller/caller-voice.ts';
import { callBySipp } from '../caller/sipp-caller.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { type Line, layLine } from '../stage/line.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { likest, openMicrophoneFrom } from '../try/listen.ts';
import { type Desk, launchDesk } from './launch-desk.ts';
import { keepScreens } from './screens.ts';
import { callPhase, dataOf, linkState, makeReady, signIn, waitForEmptyOutbox } from './work-desk.ts';

/** An agent whose talk is recorded, and a supervisor, whose line can be cut, who listens to it. */
const agentVoice = join(import.meta.dirname, '../voices/agent.wav');
let folder: string;
let centre: Centre;
let line: Line;
let agent: Desk;
let supervisor: Desk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-recordings-'));
  centre = await startCentre({
    dataDir: join(folder, 'centre'),
    environment: { ZUOXI_RECORDED_SERVICES: 'all' },
  });
  line = await layLine(centre.httpPort);
  agent = await launchDesk({
    serverUrl: centre.url,
    userDataDir: join(folder, 'agent'),
    fakeMicrophoneWav: agentVoice,
  });
  await signIn(agent, '1001', 'zuoxi-1001');
});

afterAll(async () => {
  await agent?.close();
  await supervisor?.close();
  await line?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const talkFor = async (seconds: number): Promise<void> => {
  await makeReady(agent);
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
    workDir: join(folder, 'caller'),
  });
  try {
    await waitUntil('it rings', async () => (await callPhase(agent)) === 'ringing', 90_000);
    await agent.deskPage.keyboard.press('F2');
    await waitUntil('they talk', async () => (await callPhase(agent)) === 'talking', 30_000);
    await agent.deskPage.getByTestId('field-text').fill('宽带断线，要求回电。');
    await sleep(seconds * 1_000);
    await agent.deskPage.keyboard.press('F3');
    await waitForEmptyOutbox(agent);
  } finally {
    sipp.kill();
    ear.close();
  }
};

const place = (): Promise<string | null> => dataOf(supervisor, 'recording');
const position = async (): Promise<number> => Number((await dataOf(supervisor, 'player-position')) ?? -1);
const listen = () => supervisor.deskPage.getByTestId('recording-listen').click();
const press = (key: string): Promise<void> => supervisor.deskPage.keyboard.press(key);

/** What the desk plays, as its two channels: the caller, then the agent. */
const heard = async (): Promise<readonly Samples[]> => {
  const bytes = await supervisor.deskPage.evaluate(async () => {
    const form = document.querySelector('[data-testid="form-number"]')?.getAttribute('data-value') ?? '';
    const listed = await window.desk.request('recording.list', { form });
    const [first] = listed.ok ? listed.value.recordings : [];
    const played = first && (await window.desk.request('recording.play', { recording: first.id }));
    if (!played?.ok) throw new Error('nothing was played');
    let text = '';
    for (const byte of played.value) text += String.fromCharCode(byte);
    return btoa(text);
  });
  const channels = readChannels(Buffer.from(bytes, 'base64'));
  if (!channels.ok) throw new Error(channels.error.code);
  return channels.value.map(({ samples }) => Float32Array.from(samples, (sample) => sample / 32_768));
};

test('A3 Q2 a supervisor hears a recorded talk at the desk, caller and agent as they spoke', async () => {
  await talkFor(9);
  supervisor = await launchDesk({ serverUrl: line.url, userDataDir: join(folder, 'supervisor') });
  await signIn(supervisor, '9001', 'zuoxi-9001');
  await supervisor.deskPage.getByTestId('form-row').first().click({ timeout: 30_000 });
  await supervisor.deskPage.getByTestId('tab-calls').click();
  await waitUntil('the recording is listed', async () => (await place()) === 'remote', 30_000);
  await listen();
  await waitUntil('it is loaded', async () => (await dataOf(supervisor, 'player')) === 'paused', 20_000);
  await waitUntil('its row says that it is here', async () => (await place()) === 'here', 20_000);
  await keepScreens(supervisor, 'recordings');
  await press('F10');
  await waitUntil('it plays', async () => (await position()) > 0.5, 20_000);
  await press('F10');
  await waitUntil('it pauses', async () => (await dataOf(supervisor, 'player')) === 'paused');
  await press('F11');
  await press('F11');
  expect(await dataOf(supervisor, 'player-speed-value')).toBe('1.5');
  await supervisor.deskPage.getByTestId('player-position').focus();
  await press('Home');
  await waitUntil('it is at the beginning', async () => (await position()) === 0);
  await press('ArrowRight');
  await waitUntil('it is 5 s on', async () => Math.abs((await position()) - 5) < 0.1);

  const [caller, seat] = await heard();
  if (!caller || !seat) throw new Error('the recording has not two channels');
  const figures = {
    callerOnTheLeft: likest(callerVoice(), caller),
    agentOnTheRight: likest(readWav(agentVoice), seat),
    callerOnTheRight: likest(callerVoice(), seat),
    agentOnTheLeft: likest(readWav(agentVoice), caller),
  };
  console.log('in the recording', figures);
  expect(figures.callerOnTheLeft).toBeGreaterThan(openMicrophoneFrom);
  expect(figures.agentOnTheRight).toBeGreaterThan(openMicrophoneFrom);
  expect(figures.callerOnTheRight).toBeLessThan(openMicrophoneFrom);
  expect(figures.agentOnTheLeft).toBeLessThan(openMicrophoneFrom);
});

test('A3 P2 it is heard again with the line cut, and that is audited once the line is back', async () => {
  await listen();
  line.cut();
  await waitUntil('the desk is offline', async () => (await linkState(supervisor)) === 'offline', 30_000);
  await waitUntil('the sound is here', async () => (await place()) === 'here');
  const before = Date.now();
  await listen();
  await waitUntil('it is loaded', async () => (await dataOf(supervisor, 'player')) === 'paused', 20_000);
  await press('F10');
  await waitUntil('it plays', async () => (await position()) > 0.5, 20_000);
  line.restore();
  await waitUntil('the desk is online', async () => (await linkState(supervisor)) === 'online', 60_000);
  await sleep(1_000);
  await supervisor.close();
  await agent.close();
  await centre.stop();
  const records = await openEmbedded(join(centre.dataDir, 'records'));
  const played = await records.db
    .selectFrom('audit')
    .select(['actor', 'at', 'details'])
    .where('action', '=', 'recording-played')
    .orderBy('id')
    .execute();
  await records.close();
  expect(played).toMatchObject([
    { actor: '9001', details: { offline: false } },
    { actor: '9001', details: { offline: false } },
    { actor: '9001', details: { offline: true } },
  ]);
  expect(Math.abs((played.at(-1)?.at ?? 0) - before)).toBeLessThan(10_000);
});
