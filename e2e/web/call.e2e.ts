import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findClipInPieces } from '../audio/find-clip.ts';
import { readWav, type Samples, writeWav } from '../audio/wav.ts';
import { callerVoice } from '../caller/caller-voice.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { callPhase, makeReady, signIn, waitForEmptyOutbox } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { readRecords } from '../stage/read-records.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { hearAtDesk } from '../try/hear-at-desk.ts';
import { announcementOf, likest } from '../try/listen.ts';
import { heardInPage, listenInPage, secondsHeard } from './hear-in-page.ts';
import { launchBrowser, watchFaults } from './launch-browser.ts';
import { keepScreen } from './screens.ts';

const root = join(import.meta.dirname, '../..');

let folder: string;
let centre: Centre;
let desk: Desk;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-web-call-'));
  centre = await startCentre({ dataDir: join(folder, 'centre'), environment: { ZUOXI_PUBLIC_PAGE: '1' } });
  desk = await launchDesk({
    serverUrl: centre.url,
    userDataDir: join(folder, 'desk'),
    fakeMicrophoneWav: join(root, 'e2e/voices/agent.wav'),
  });
  await signIn(desk, '1001', 'zuoxi-1001');
  await makeReady(desk);
  browser = await launchBrowser({ fakeMicrophoneWav: callerMicrophone(join(folder, 'caller.wav')) });
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const pauseSamples = 8_000 * 4;

/** The caller speaks, then listens for 4 s: an echo canceller makes two who talk over each other choppy. */
const callerMicrophone = (file: string): string => {
  const voice = callerVoice();
  const spoken = new Float32Array(voice.length + pauseSamples);
  spoken.set(voice);
  writeWav(file, spoken);
  return file;
};

const promptOf = (name: string): Samples => readWav(join(root, 'build/prompts', `${name}.wav`));
/** A key cuts a prompt short: its beginning is what was surely heard. */
const beginning = (clip: Samples, seconds: number): Samples => clip.subarray(0, seconds * 8_000);

test('A1 A2 A3 a caller in a real Chromium hears the menu, keys 1 1, is answered by the real desk, and both hear each other', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const faults = watchFaults(page);
  await listenInPage(page);
  await page.goto(`${centre.url}/service/#call`);
  await page.getByTestId('call-start').click();
  const state = page.getByTestId('call-state');
  await state.and(page.locator('[data-phase="talking"]')).waitFor({ timeout: 30_000 });
  await waitUntil('the caller hears the welcome', async () => (await secondsHeard(page)) > 5);
  await page.getByTestId('key-1').click();
  const atMenu = await secondsHeard(page);
  await waitUntil('the caller hears the menu', async () => (await secondsHeard(page)) > atMenu + 4);
  await page.keyboard.press('1');
  await keepScreen(page, 'page-call-phone-zh');

  await waitUntil('the desk rings', async () => (await callPhase(desk)) === 'ringing', 40_000);
  await desk.deskPage.getByText('网页来电').first().waitFor();
  await desk.deskPage.getByTestId('call-answer').click();
  await waitUntil('the microphone opens', async () => (await callPhase(desk)) === 'talking', 30_000);
  const agentHeard = join(folder, 'agent-heard.wav');
  await hearAtDesk(desk.phonePage, 12, agentHeard);

  // Muted means silent, and says so.
  await page.getByTestId('call-mute').click();
  await page.getByText('已静音，对方听不到您。').waitFor();
  expect(await page.getByTestId('call-mute').getAttribute('aria-pressed')).toBe('true');

  await page.getByTestId('call-hang-up').click();
  await state.filter({ hasText: '您已挂断' }).waitFor();
  await waitUntil('the desk hears of it', async () => (await callPhase(desk)) !== 'talking');
  const callerHeard = await heardInPage(page);
  writeWav(join(folder, 'caller-heard.wav'), callerHeard);
  expect(findClipInPieces(beginning(promptOf('zh/welcome'), 2), callerHeard).score).toBeGreaterThanOrEqual(0.8);
  expect(findClipInPieces(beginning(promptOf('zh/service-menu'), 3), callerHeard).score).toBeGreaterThanOrEqual(0.8);
  expect(findClipInPieces(announcementOf('1001', 'zh'), callerHeard).score).toBeGreaterThanOrEqual(0.8);
  const agentToCaller = likest(readWav(join(root, 'e2e/voices/agent.wav')), callerHeard);
  const callerToAgent = likest(callerVoice(), readWav(agentHeard));
  expect({ agentToCaller, callerToAgent, faults }).toEqual({
    agentToCaller: expect.toSatisfy((score: number) => score >= 0.8),
    callerToAgent: expect.toSatisfy((score: number) => score >= 0.8),
    faults: [],
  });

  await waitForEmptyOutbox(desk);
  await context.close();
});

test('A1 the keys went in the media (RFC 4733), and the form opened in the call says web voice', async () => {
  const trace = await readFile(centre.sipTraceFile, 'utf8');
  expect(trace).not.toContain('INFO sip:');
  await desk.close();
  await centre.stop();
  const { forms } = await readRecords(centre.dataDir);
  expect(forms.map(({ fields }) => [fields.channel, fields.contactNumber])).toEqual([['web-voice', '']]);
});
