import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { callBySipp } from '../caller/sipp-caller.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { keepScreens, sizeWindow } from '../desk/screens.ts';
import { callPhase, dataOf, makeReady, seatPhase, signIn, waitForEmptyOutbox } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { readRecords } from '../stage/read-records.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { countKeys } from './count-keys.ts';

const caller = '13800001234';
const mostPresses = 12;

let folder: string;
let centre: Centre;
let desk: Desk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-guide-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  desk = await launchDesk({
    serverUrl: centre.url,
    userDataDir: join(folder, 'desk'),
    fakeMicrophoneWav: join(import.meta.dirname, '../voices/agent.wav'),
  });
  await sizeWindow(desk, 1366, 768);
  await signIn(desk, '1001', 'zuoxi-1001');
});

afterAll(async () => {
  await desk?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const asked = (step: string): Promise<unknown> =>
  waitUntil(`the guide asks ${step}`, async () => (await dataOf(desk, 'guide')) === step);

test('J6 a new complaint from answer to wrap-up takes at most 12 key presses beyond the text itself', async () => {
  await makeReady(desk);
  const ear = await RtpRecorder.open();
  const call = await callBySipp({
    ...{ sipPort: centre.sipPort, from: caller, dialled: '1000' },
    keys: [
      { digit: '1', afterMs: 2_500 },
      { digit: '1', afterMs: 2_000 },
    ],
    ...{ voiceFile: callerVoiceFile, hearAt: ear.port, workDir: join(folder, 'sipp') },
  });
  try {
    await waitUntil('the desk rings', async () => (await callPhase(desk)) === 'ringing', 40_000);
    const { press, write, presses } = countKeys(desk);
    await press('F2', 'answer the call');
    await waitUntil('both can talk', async () => (await callPhase(desk)) === 'talking', 20_000);
    await asked('kind');
    await keepScreens(desk, 'guide-kind');
    await press('1', 'a complaint (J1)');
    await asked('reasonable');
    await press('1', 'reasonable (J3)');
    await asked('standing');
    await keepScreens(desk, 'guide-standing');
    await press('3', 'new (J3)');
    await asked('type');
    await press('1', 'product quality (S3)');
    await asked('settle');
    await write('王小明');
    await press('Enter', 'next empty field');
    await write('BB-20417');
    await press('Enter', 'next empty field');
    await write('宽带周二晚上断线，一直没有人回电，要求周五前修复。');
    await keepScreens(desk, 'guide-settle');
    await press('Alt+2', 'dispatch (J6)');
    await asked('department');
    await press('1', 'network operations');
    await asked('order');
    await keepScreens(desk, 'guide-order');
    await press('Alt+1', 'send it to the audit');
    await asked('done');
    await keepScreens(desk, 'guide-done');
    await press('F3', 'hang up');
    await waitUntil('wrap-up begins', async () => (await seatPhase(desk)) === 'wrap-up');
    await press('F8', 'wrap-up is over');
    await waitUntil('the seat is ready for the next', async () => (await seatPhase(desk)) === 'ready');

    for (const [at, { key, what }] of presses.entries()) process.stdout.write(`${at + 1}. ${key}: ${what}\n`);
    process.stdout.write(`J6 by keyboard: ${presses.length} key presses beyond the text\n`);
    expect(presses.length).toBeLessThanOrEqual(mostPresses);
    expect(await call.ended).toBe(0);
  } finally {
    call.kill();
    ear.close();
  }
});

test('J4c with no call, by keyboard: the one who comes again to an open complaint in time is told the progress', async () => {
  const { press, write } = countKeys(desk);
  await press('Control+k', 'search');
  await write(caller);
  const row = desk.deskPage.getByTestId('form-row');
  await waitUntil('the complaint is found', async () => (await row.count()) === 1);
  await waitUntil('its row has the focus', async () => {
    if (await row.evaluate((found) => found === document.activeElement)) return true;
    await press('Tab', 'on to the row');
    return false;
  });
  await press('Enter', 'open it');
  await waitUntil('it is on the screen', async () => (await dataOf(desk, 'form-status')) === 'submitted');
  await press('Control+g', 'the guide');
  await asked('key-account');
  await press('2', 'no key account (J1)');
  await asked('kind');
  await press('1', 'a complaint (J1)');
  await asked('reasonable');
  await press('1', 'reasonable (J3)');
  await asked('standing');
  await press('1', 'a repeat (J3)');
  await asked('repeat');
  await keepScreens(desk, 'guide-repeat');
  await press('1', 'it is noted that the user came again (J4c)');
  await asked('done');
  await waitForEmptyOutbox(desk);
  await desk.close();
  await centre.stop();
  const { forms } = await readRecords(centre.dataDir);
  expect(forms).toMatchObject([
    {
      fields: { contactNumber: caller, account: 'BB-20417', complaintType: 'product-quality' },
      procedure: {
        stage: 'audit',
        orders: [{ type: 'dispatch', department: 'network', state: 'proposed', proposedBy: '1001' }],
        repeats: [{ branch: 'progress', attitude: null, contactId: null }],
      },
      calls: [{ service: '180', announcement: { outcome: 'played' } }],
    },
  ]);
});
