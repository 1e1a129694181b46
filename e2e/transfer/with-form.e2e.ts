import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Form } from '../../domain/forms/form.ts';
import type { FormAction } from '../../domain/forms/operations.ts';
import type {} from '../../renderer/app/bridge.ts';
import { callIn as callByVoice, clipOf } from '../access/voice-caller.ts';
import { findClipInPieces } from '../audio/find-clip.ts';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { readWav, SAMPLE_RATE_HZ, type Samples } from '../audio/wav.ts';
import { callerVoice, callerVoiceFile } from '../caller/caller-voice.ts';
import { callBySipp, type KeyPress, type SippCall } from '../caller/sipp-caller.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { keepScreens, sizeWindow } from '../desk/screens.ts';
import { callPhase, dataOf, makeReady, seatPhase, signIn, waitForEmptyOutbox } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { hearAtDesk } from '../try/hear-at-desk.ts';
import { announcementOf, likest, openMicrophoneFrom } from '../try/listen.ts';

const root = join(import.meta.dirname, '../..');
/** What each agent says into the microphone, over and over. */
const voices = {
  junior: join(root, 'e2e/voices/agent.wav'),
  senior: join(root, 'build/prompts/en/service-menu.wav'),
} as const;
/** Voices that are there score well above this, those that are not well below; prompts of the switch come whole. */
const voiceFrom = openMicrophoneFrom;
const promptFrom = 0.7;
const toComplaints: readonly KeyPress[] = [
  { digit: '1', afterMs: 2_500 },
  { digit: '1', afterMs: 2_000 },
];

/** A junior and a senior agent at real desks, and callers by sipp. */
let folder: string;
let centre: Centre;
let junior: Desk;
let senior: Desk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-with-form-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  junior = await launchDesk({
    serverUrl: centre.url,
    userDataDir: join(folder, 'junior'),
    fakeMicrophoneWav: voices.junior,
  });
  senior = await launchDesk({
    serverUrl: centre.url,
    userDataDir: join(folder, 'senior'),
    fakeMicrophoneWav: voices.senior,
  });
  for (const desk of [junior, senior]) await sizeWindow(desk, 1_440, 900);
  await signIn(junior, '1001', 'zuoxi-1001');
  await signIn(senior, '8806', 'zuoxi-8806');
});

afterAll(async () => {
  await junior?.close();
  await senior?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Whatever a test left behind: nobody in a call, nobody ready. */
beforeEach(async () => {
  for (const desk of [junior, senior]) {
    if ((await callPhase(desk)) !== null) await press(desk, 'F3');
    await waitUntil('the seat is out of its call', async () =>
      ['break', 'ready', 'wrap-up'].includes((await seatPhase(desk)) ?? ''),
    );
    if ((await seatPhase(desk)) !== 'break') await desk.deskPage.getByTestId('seat-break').click();
    await waitUntil('the seat is on a break', async () => (await seatPhase(desk)) === 'break');
  }
});

const press = (desk: Desk, key: string): Promise<void> => desk.deskPage.keyboard.press(key);
const handOn = (desk: Desk): Promise<string | null> => dataOf(desk, 'hand-on-state');

const readForm = (desk: Desk, form: string): Promise<Form | undefined> =>
  desk.deskPage.evaluate((id) => window.desk.request('form.read', { form: id }).then((view) => view?.form), form);

const perform = (desk: Desk, action: FormAction): Promise<string> =>
  desk.deskPage.evaluate(async (wanted) => {
    const done = await window.desk.request('form.perform', wanted);
    return done.ok ? 'done' : done.error.code;
  }, action);

/** The form that was opened last at this desk. */
const latestForm = (desk: Desk): Promise<string> =>
  waitUntil('the call has its form', () =>
    desk.deskPage.evaluate(async () => {
      const query = { search: '', status: 'draft', inbox: null, desk: null, part: null, limit: 1, offset: 0 } as const;
      return (await window.desk.request('form.list', query)).forms[0]?.id;
    }),
  );

const callIn = async (from: string): Promise<{ readonly ear: RtpRecorder; readonly sipp: SippCall }> => {
  const ear = await RtpRecorder.open();
  const sipp = await callBySipp({
    sipPort: centre.sipPort,
    from,
    dialled: '1000',
    keys: toComplaints,
    voiceFile: callerVoiceFile,
    hearAt: ear.port,
    workDir: join(folder, from),
  });
  return { ear, sipp };
};

const untilPhase = (desk: Desk, phase: string): Promise<unknown> =>
  waitUntil(`the call is ${phase}`, async () => (await callPhase(desk)) === phase, 60_000);

/** Answers what rings and waits for the talk; the form of the call. */
const answer = async (desk: Desk): Promise<string> => {
  await untilPhase(desk, 'ringing');
  await press(desk, 'F2');
  await untilPhase(desk, 'talking');
  return latestForm(desk);
};

/** What each of the three hears in the next seconds. */
const hear = async (ear: RtpRecorder, seconds: number) => {
  const files = { junior: join(folder, 'junior.wav'), senior: join(folder, 'senior.wav') };
  const from = Date.now();
  const [atJunior, atSenior] = await Promise.allSettled([
    hearAtDesk(junior.phonePage, seconds, files.junior),
    hearAtDesk(senior.phonePage, seconds, files.senior),
  ]);
  const offset = Math.round(((from - ear.startedAtMs) * SAMPLE_RATE_HZ) / 1_000);
  return {
    caller: ear.samples().subarray(offset),
    junior: atJunior.status === 'fulfilled' ? readWav(files.junior) : undefined,
    senior: atSenior.status === 'fulfilled' ? readWav(files.senior) : undefined,
  };
};

const voiceOf = (who: keyof typeof voices): Samples => readWav(voices[who]);

test('J1 S1 M1 a senior sees call and form before speaking; consulted, joined, each hears whom they should', async () => {
  await makeReady(junior);
  const { ear, sipp } = await callIn('13900001111');
  try {
    const form = await answer(junior);
    await junior.deskPage.getByTestId('field-callerName').fill('李强');
    await junior.deskPage.getByTestId('field-complaintType').selectOption('product-quality');
    await junior.deskPage.getByTestId('field-text').fill('宽带一周断线三次，催修无果。');
    await makeReady(senior);

    await junior.deskPage.getByTestId('hand-on-senior').click();
    await untilPhase(senior, 'ringing');
    await waitUntil('the form is there', () =>
      senior.deskPage.locator('[data-testid="arriving-form"][data-here="true"]').count().then(Boolean),
    );
    expect(await dataOf(senior, 'call-phase')).toBe('ringing');
    expect(await senior.deskPage.getByTestId('call-remote').textContent()).toBe('13900001111');
    expect(await senior.deskPage.getByTestId('field-text').inputValue()).toBe('宽带一周断线三次，催修无果。');
    expect(await handOn(junior)).toBe('ringing');
    await keepScreens(senior, 'hand-on-ringing');

    await press(senior, 'F2');
    await waitUntil('they consult', async () => (await handOn(senior)) === 'consulting', 20_000);
    await waitUntil('the junior is told', async () => (await handOn(junior)) === 'consulting');
    await keepScreens(junior, 'hand-on-consulting');
    await sleep(1_000);
    const consulting = await hear(ear, 10);
    if (!consulting.junior || !consulting.senior) throw new Error('an agent heard nothing');
    const figures = {
      seniorByJunior: likest(voiceOf('senior'), consulting.junior),
      juniorBySenior: likest(voiceOf('junior'), consulting.senior),
      musicByCaller: likest(clipOf('music/hold'), consulting.caller),
      juniorByCaller: likest(voiceOf('junior'), consulting.caller),
      seniorByCaller: likest(voiceOf('senior'), consulting.caller),
      callerBySenior: likest(callerVoice(), consulting.senior),
    };
    console.log('in the consultation', figures);
    expect(figures.seniorByJunior).toBeGreaterThan(voiceFrom);
    expect(figures.juniorBySenior).toBeGreaterThan(voiceFrom);
    expect(figures.musicByCaller).toBeGreaterThan(promptFrom);
    for (const unheard of [figures.juniorByCaller, figures.seniorByCaller, figures.callerBySenior])
      expect(unheard).toBeLessThan(voiceFrom);

    const joinedAt = Date.now();
    await press(junior, 'Control+j');
    await waitUntil('the junior wraps up', async () => (await seatPhase(junior)) === 'wrap-up', 20_000);
    await waitUntil('it is said how', async () => (await dataOf(junior, 'call-outcome')) === 'transferred');
    await waitUntil('the hand-on is said', async () => (await handOn(junior)) === 'joined');
    await waitUntil(
      'the staff number was said',
      () => senior.deskPage.getByTestId('call-announcement').count().then(Boolean),
      20_000,
    );
    await untilPhase(senior, 'talking');
    const joined = await hear(ear, 10);
    if (!joined.senior) throw new Error('the senior heard nothing');
    const sinceJoined = ear.samples().subarray(Math.round(((joinedAt - ear.startedAtMs) * SAMPLE_RATE_HZ) / 1_000));
    const after = {
      staffNumberByCaller: findClipInPieces(announcementOf('8806', 'zh'), sinceJoined).score,
      seniorByCaller: likest(voiceOf('senior'), joined.caller),
      callerBySenior: likest(callerVoice(), joined.senior),
    };
    console.log('joined', after);
    for (const heard of Object.values(after)) expect(heard).toBeGreaterThan(voiceFrom);

    await waitForEmptyOutbox(senior);
    const kept = await waitUntil('the form is the senior’s', async () => {
      const standing = await readForm(senior, form);
      return standing?.procedure.holder === '8806' && standing.calls.length === 2 ? standing : undefined;
    });
    expect(kept.procedure).toMatchObject({ stage: 'senior', handOvers: [{ by: '1001', to: 'senior' }] });
    expect(kept.calls.at(-1)).toMatchObject({ caller: '13900001111', announcement: { outcome: 'played' } });
    expect(new Set(kept.calls.map((call) => call.contactId)).size).toBe(1);
    await press(senior, 'F3');
    expect(await sipp.ended, await sipp.lastWords()).toBe(0);
  } finally {
    sipp.kill();
    ear.close();
  }
});

test('J3 nobody of the manager hotline on duty: it is said, the talk goes on, and the form goes there to call back', async () => {
  await makeReady(junior);
  const { ear, sipp } = await callIn('13900002222');
  try {
    const form = await answer(junior);
    await junior.deskPage.getByTestId('hand-on-manager').click();
    await waitUntil('it is said', async () => (await handOn(junior)) === 'nobody-on-duty', 20_000);
    await waitForEmptyOutbox(junior);
    expect((await readForm(junior, form))?.procedure).toMatchObject({
      stage: 'manager',
      handOvers: [{ to: 'manager', cause: 'call-back-user' }],
    });
    expect(await callPhase(junior)).toBe('talking');
    await press(junior, 'F3');
    expect(await sipp.ended, await sipp.lastWords()).toBe(0);
  } finally {
    sipp.kill();
    ear.close();
  }
});

test('Q1 a caller whom the agent leaves to it keys “not satisfied”, and the form goes to a senior', async () => {
  await makeReady(junior);
  const caller = await callByVoice({
    sipPort: centre.sipPort,
    from: '13900003333',
    workDir: join(folder, '13900003333'),
  });
  try {
    await caller.hears('zh/welcome');
    await caller.press('1');
    await caller.hears('zh/service-menu');
    await caller.press('1');
    const form = await answer(junior);
    await junior.deskPage.getByTestId('field-callerName').fill('王芳');
    await junior.deskPage.getByTestId('field-text').fill('多扣一个月月租。');
    await junior.deskPage.getByTestId('field-complaintType').selectOption('billing-tariff');
    await waitUntil('all is on the form', async () => {
      const fields = (await readForm(junior, form))?.fields;
      return fields?.complaintType === 'billing-tariff' && fields.text !== '';
    });
    await waitForEmptyOutbox(junior);
    expect(await perform(junior, { form, kind: 'form.answer', payload: { text: '已退费。' } })).toBe('done');
    await waitForEmptyOutbox(junior);
    await press(junior, 'Control+m');
    await caller.hears('zh/rating-question');
    await caller.press('2');
    await caller.hears('zh/rating-kept');
    await caller.hears('zh/goodbye');
    expect(await caller.ended).toBe(0);
    await waitUntil('the junior wraps up', async () => (await seatPhase(junior)) === 'wrap-up', 20_000);
    const kept = await waitUntil('the key is on the form', async () => {
      const standing = await readForm(junior, form);
      return standing?.procedure.callBacks.length === 1 ? standing : undefined;
    });
    expect(kept.procedure).toMatchObject({
      stage: 'senior',
      callBacks: [{ by: 'CENTRE', outcome: 'dissatisfied', source: 'keyed' }],
    });
  } finally {
    caller.kill();
  }
});
