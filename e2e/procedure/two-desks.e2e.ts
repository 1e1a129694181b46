import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { callBySipp } from '../caller/sipp-caller.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { keepScreens, sizeWindow } from '../desk/screens.ts';
import { callPhase, dataOf, makeReady, signIn, waitForEmptyOutbox } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { readRecords } from '../stage/read-records.ts';
import { waitUntil } from '../stage/wait-until.ts';

/** A junior's desk, at which the department signs in for its part, and a senior's. */
let folder: string;
let centre: Centre;
let junior: Desk;
let senior: Desk;
let called = '';
let worked = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-two-desks-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  junior = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'junior') });
  senior = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'senior') });
  for (const desk of [junior, senior]) await sizeWindow(desk, 1366, 768);
  await signIn(junior, '1001', 'zuoxi-1001');
  await signIn(senior, '8806', 'zuoxi-8806');
});

afterAll(async () => {
  await junior?.close();
  await senior?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const press = (desk: Desk, key: string): Promise<void> => desk.deskPage.keyboard.press(key);
const at = (desk: Desk, testId: string) => desk.deskPage.getByTestId(testId);
const click = (desk: Desk, testId: string): Promise<void> => at(desk, testId).first().click();
const fill = (desk: Desk, testId: string, text: string): Promise<void> => at(desk, testId).fill(text);
const choose = async (desk: Desk, testId: string, value: string): Promise<void> => {
  await at(desk, testId).selectOption(value);
};
const pick = (desk: Desk, testId: string): Promise<void> => at(desk, testId).check();
const confirm = async (desk: Desk): Promise<void> => {
  await press(desk, 'Control+Enter');
  await at(desk, 'action-box').waitFor({ state: 'detached' });
};
const staged = (desk: Desk, stage: string): Promise<unknown> =>
  waitUntil(`the form is at ${stage}`, async () => (await dataOf(desk, 'procedure')) === stage, 30_000);
const shownForm = (desk: Desk): Promise<string> =>
  waitUntil('a form is on the screen', async () => (await dataOf(desk, 'form-number')) ?? undefined);

/** Goes to a list and opens a form of it by the keys of the list. */
const openFrom = async (desk: Desk, list: string, form: string): Promise<void> => {
  await click(desk, `strip-${list}`);
  const row = desk.deskPage.locator(`[data-testid="desk-row"][data-form="${form}"]`);
  await row.waitFor({ timeout: 30_000 });
  await row.focus();
  await press(desk, 'Enter');
  await waitUntil('the form is on the screen', async () => (await dataOf(desk, 'form-number')) === form);
};

const signInAs = async (desk: Desk, staffNumber: string): Promise<void> => {
  await waitForEmptyOutbox(desk);
  await click(desk, 'sign-out');
  await signIn(desk, staffNumber, `zuoxi-${staffNumber}`);
};

test('J1 S1 a call goes to a senior together with its form, who answers the user', async () => {
  await makeReady(junior);
  const ear = await RtpRecorder.open();
  const call = await callBySipp({
    ...{ sipPort: centre.sipPort, from: '13800001111', dialled: '1000' },
    keys: [
      { digit: '1', afterMs: 2_500 },
      { digit: '1', afterMs: 2_000 },
    ],
    ...{ voiceFile: callerVoiceFile, hearAt: ear.port, workDir: join(folder, 'sipp') },
  });
  try {
    await waitUntil('the junior’s desk rings', async () => (await callPhase(junior)) === 'ringing', 40_000);
    await press(junior, 'F2');
    await waitUntil('they talk', async () => (await callPhase(junior)) === 'talking', 30_000);
    called = await shownForm(junior);
    await fill(junior, 'field-callerName', '张建国');
    await choose(junior, 'field-complaintType', 'billing-tariff');
    await fill(junior, 'field-text', '套餐已退订，仍扣月租 59 元，要求退费。');
    await makeReady(senior);
    await click(junior, 'hand-on-senior');
    await waitUntil('the senior’s desk rings', async () => (await callPhase(senior)) === 'ringing', 40_000);
    await waitUntil('with the form on the screen', async () => (await dataOf(senior, 'form-number')) === called);
    expect(await at(senior, 'field-text').inputValue()).toContain('59 元');
    await keepScreens(senior, 'procedure-arriving');
    await press(senior, 'F2');
    await waitUntil('they consult', async () => (await dataOf(senior, 'hand-on-state')) === 'consulting', 30_000);
    await click(junior, 'hand-on-join');
    await waitUntil('the senior has it', async () => (await dataOf(senior, 'form-holder')) === '8806', 30_000);
    await staged(senior, 'senior');
    await click(senior, 'do-answer');
    await fill(senior, 'box-text', '已核实，59 元次月返还。');
    await confirm(senior);
    await staged(senior, 'answered');
    await keepScreens(senior, 'procedure-answered');
    await press(senior, 'F3');
    expect(await call.ended).toBe(0);
  } finally {
    call.kill();
    ear.close();
  }
});

test('J6 S2 an order that a junior proposes is changed and sent by a senior, who assesses in the same go', async () => {
  await press(junior, 'Control+n');
  worked = await waitUntil('a new form is there', async () => {
    const form = await dataOf(junior, 'form-number');
    return form !== null && form !== called && form;
  });
  await fill(junior, 'field-contactNumber', '13800002222');
  await choose(junior, 'field-complaintType', 'product-quality');
  await fill(junior, 'field-text', '宽带每晚八点后断线，已持续三天。');
  await click(junior, 'do-propose');
  await choose(junior, 'box-department', 'billing');
  await fill(junior, 'box-text', '请查断线原因。');
  await keepScreens(junior, 'procedure-propose');
  await at(junior, 'box-text').focus();
  await confirm(junior);
  await staged(junior, 'audit');

  await openFrom(senior, 'senior', worked);
  await keepScreens(senior, 'procedure-senior');
  await senior.deskPage.locator(`[data-testid="desk-row"][data-form="${worked}"]`).focus();
  await press(senior, 't');
  await waitUntil('the senior has it', async () => (await dataOf(senior, 'form-holder')) === '8806');
  await click(senior, 'do-audit');
  await pick(senior, 'box-choice-change');
  await choose(senior, 'box-department', 'network');
  await fill(senior, 'box-text', '请查用户端口晚间断线原因并修复。');
  await fill(senior, 'box-reason', '线路问题归网络运维部');
  await pick(senior, 'box-also-assess');
  await choose(senior, 'assess-clause', 'wrong-department');
  await fill(senior, 'assess-text', '派错部门');
  await keepScreens(senior, 'procedure-audit');
  await at(senior, 'assess-text').focus();
  await confirm(senior);
  await staged(senior, 'department');
  expect(await dataOf(senior, 'order-state')).toBe('sent');

  await staged(junior, 'department');
  await at(junior, 'standing-assessments').waitFor({ timeout: 30_000 });
  await click(junior, 'do-answer-assessment');
  await fill(junior, 'box-text', '下次先核对线路归属。');
  await confirm(junior);
  await waitUntil('the answer stands', async () =>
    (await at(junior, 'assessment-answer').textContent())?.includes('下次先核对'),
  );
});

test('S4 the department sees its order alone, asks, and answers; the senior checks the reply', async () => {
  await signInAs(junior, '7001');
  const row = at(junior, 'desk-row');
  await row.waitFor({ timeout: 30_000 });
  expect(await row.count()).toBe(1);
  expect(await row.getAttribute('data-form')).toBe(worked);
  expect(await at(junior, 'seat-ready').count()).toBe(0);
  await row.focus();
  await press(junior, 'Enter');
  await staged(junior, 'department');
  expect(await at(junior, 'standing-assessments').count()).toBe(0);
  await click(junior, 'do-question-order');
  await fill(junior, 'box-text', '用户的宽带账号是多少？');
  await confirm(junior);
  await keepScreens(junior, 'procedure-department');

  await waitUntil(
    'the question is at the senior',
    async () => (await dataOf(senior, 'order-state')) === 'asked',
    30_000,
  );
  await click(senior, 'do-reply-question');
  await fill(senior, 'box-text', 'ad13800002222');
  await confirm(senior);
  await waitUntil('the answer is there', async () => (await dataOf(junior, 'order-state')) === 'sent', 30_000);
  await click(junior, 'do-answer-order');
  await fill(junior, 'box-text', '端口老化，已更换，用户可正常上网。');
  await confirm(junior);
  await waitUntil('nothing is left to do', async () => (await dataOf(junior, 'strip-department')) === '0', 30_000);

  await staged(senior, 'reply-check');
  await click(senior, 'do-check-reply');
  await pick(senior, 'box-choice-accept');
  await keepScreens(senior, 'procedure-check-reply');
  await at(senior, 'box-choice-accept').focus();
  await confirm(senior);
  await staged(senior, 'informing');
});

test('Q1 J4a the user is told, called back, and not satisfied: the complaint is with the seniors again', async () => {
  await signInAs(junior, '1001');
  await openFrom(junior, 'call-back', worked);
  await press(junior, 't');
  await waitUntil('the junior has it', async () => (await dataOf(junior, 'form-holder')) === '1001');
  await click(junior, 'do-answer');
  await fill(junior, 'box-text', '端口已更换，请再试。');
  await confirm(junior);
  await staged(junior, 'answered');
  await click(junior, 'do-call-back');
  await pick(junior, 'box-choice-dissatisfied');
  await fill(junior, 'box-text', '昨晚又断了两次。');
  await keepScreens(junior, 'procedure-call-back');
  await at(junior, 'box-text').focus();
  await confirm(junior);
  await staged(junior, 'senior');
  expect(await dataOf(junior, 'satisfaction')).toBe('dissatisfied');
  await staged(senior, 'senior');
  await openFrom(senior, 'senior', worked);
  await keepScreens(senior, 'procedure-reopened');
  await waitForEmptyOutbox(junior);
  await waitForEmptyOutbox(senior);
});

test('J S Q what was done at the desks stands in the centre', async () => {
  await junior.close();
  await senior.close();
  await centre.stop();
  const { forms } = await readRecords(centre.dataDir);
  const byId = (id: string) => forms.find((form) => form.id === id)?.procedure;
  expect(byId(called)).toMatchObject({
    stage: 'answered',
    handOvers: [{ by: '1001', to: 'senior' }],
    answer: { by: '8806', text: '已核实，59 元次月返还。' },
  });
  expect(byId(worked)).toMatchObject({
    stage: 'senior',
    orders: [
      { state: 'accepted', department: 'network', audit: { by: '8806', verdict: 'changed' }, checkedBy: '8806' },
    ],
    assessments: [{ agent: '1001', clause: 'wrong-department', weight: 2, answer: { by: '1001' } }],
    callBacks: [{ by: '1001', outcome: 'dissatisfied' }],
  });
});
