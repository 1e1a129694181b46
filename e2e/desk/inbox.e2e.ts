import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RtpRecorder } from '../audio/rtp-recorder.ts';
import { callerVoiceFile } from '../caller/caller-voice.ts';
import { answerBySipp } from '../caller/sipp-answerer.ts';
import { callBySipp } from '../caller/sipp-caller.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { fillInboxes } from '../stage/fill-inboxes.ts';
import { freeUdpPort } from '../stage/free-port.ts';
import { type Line, layLine } from '../stage/line.ts';
import { readRecords } from '../stage/read-records.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { askForCallback, leaveMessage, sendWriting, spoken } from './inbox-day.ts';
import { type Desk, launchDesk } from './launch-desk.ts';
import { keepScreens, sizeWindow } from './screens.ts';
import { callPhase, dataOf, linkState, makeReady, signIn, waitForEmptyOutbox } from './work-desk.ts';

/** A recording clerk, whose line can be cut, and a senior agent who may take from both inboxes. */
let folder: string;
let centre: Centre;
let line: Line;
let clerk: Desk;
let senior: Desk;
const message = { whole: '', raced: '', lost: '', kept: '' };
/** Whoever is rung outside: answers at once. */
let customer: { readonly kill: () => void } | undefined;
let callback = '';
let owed = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-inbox-'));
  const dataDir = join(folder, 'centre');
  await fillInboxes(dataDir, async (filling) => {
    message.whole = await leaveMessage(filling, '13800001111', [spoken(0, 5), spoken(5, 5)]);
    message.raced = await leaveMessage(filling, '13800002222', [spoken(2, 4)], { complete: false, reason: 'hung-up' });
    message.lost = await leaveMessage(filling, '13800003333', [spoken(3, 4)]);
    message.kept = await leaveMessage(filling, '13800004444', [spoken(4, 4)]);
    callback = await askForCallback(filling, '13900005555');
    owed = await askForCallback(filling, '13900006666');
    await sendWriting(filling);
  });
  const trunkPort = await freeUdpPort();
  customer = answerBySipp(trunkPort);
  centre = await startCentre({ dataDir, environment: { ZUOXI_TRUNK_OUT: `sip:127.0.0.1:${trunkPort}` } });
  line = await layLine(centre.httpPort);
  clerk = await launchDesk({ serverUrl: line.url, userDataDir: join(folder, 'clerk') });
  senior = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'senior') });
  await signIn(clerk, '3001', 'zuoxi-3001');
  await signIn(senior, '8806', 'zuoxi-8806');
  await row(clerk, callback).waitFor({ timeout: 30_000 });
});

afterAll(async () => {
  await clerk?.close();
  await senior?.close();
  await line?.close();
  customer?.kill();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const row = (desk: Desk, form: string) => desk.deskPage.locator(`[data-testid="inbox-row"][data-form="${form}"]`);
const press = (desk: Desk, key: string): Promise<void> => desk.deskPage.keyboard.press(key);
const position = async (desk: Desk): Promise<number> => Number((await dataOf(desk, 'player-position')) ?? -1);
/** How the form on the screen stands. */
const workOf = (desk: Desk): Promise<string | null> =>
  desk.deskPage.getByTestId('work-bar').getByTestId('work-state').getAttribute('data-value');

/** How a form stands: in the list, where that is on the screen, else on the form that is open. */
const standingOf = (desk: Desk, form: string): Promise<string | null> =>
  desk.deskPage
    .locator(`[data-form="${form}"] [data-testid="work-state"], [data-testid="work-bar"] [data-testid="work-state"]`)
    .evaluateAll((found) => found[0]?.getAttribute('data-value') ?? null);

/** Goes to a row by the keys a clerk has, from wherever the list's focus is. */
const goTo = async (desk: Desk, form: string): Promise<void> => {
  await desk.deskPage.getByTestId('inbox-rows').locator('button').first().focus();
  await press(desk, 'Home');
  await waitUntil('the row has the focus', async () => {
    const focused = await desk.deskPage.evaluate(() =>
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset['form'] : undefined,
    );
    if (focused === form) return true;
    await press(desk, 'ArrowDown');
    return false;
  });
};

test('A9 a recording clerk claims a voice message, plays it and writes it down, by keys alone', async () => {
  await keepScreens(clerk, 'inbox-recording');
  await goTo(clerk, message.whole);
  await press(clerk, 'c');
  await waitUntil(
    'the message is claimed and loaded',
    async () => (await dataOf(clerk, 'player')) === 'paused',
    20_000,
  );
  await waitUntil('the centre has confirmed it', async () => (await workOf(clerk)) === 'mine');
  expect(await clerk.deskPage.getByTestId('player-time').textContent()).toBe('0:00 / 0:10');

  await clerk.deskPage.getByTestId('transcript').focus();
  await press(clerk, 'F10');
  await waitUntil('it plays on', async () => (await position(clerk)) > 1, 20_000);
  await clerk.deskPage.keyboard.type('宽带断线，要求回电。');
  await press(clerk, 'F10');
  await waitUntil('it pauses', async () => (await dataOf(clerk, 'player')) === 'paused');
  const before = await position(clerk);
  await press(clerk, 'F7');
  await waitUntil('it goes back 5 s', async () => (await position(clerk)) <= Math.max(0, before - 4.5));
  await press(clerk, 'F11');
  expect(await dataOf(clerk, 'player-speed-value')).toBe('1.25');
  await clerk.deskPage.getByTestId('player-position').focus();
  await press(clerk, 'End');
  await waitUntil('it is at the end', async () => (await position(clerk)) > 9.5);
  await press(clerk, 'Home');
  await waitUntil('it is at the beginning', async () => (await position(clerk)) === 0);

  await clerk.deskPage.getByTestId('field-complaintType').selectOption('product-quality');
  await clerk.deskPage.getByTestId('field-text').fill('宽带断线，要求回电。');
  await waitUntil('all is saved', async () => (await dataOf(clerk, 'transcript-state')) === 'saved');
  await keepScreens(clerk, 'voice-message');
  await sizeWindow(clerk, 1024, 700);
  await keepScreens(clerk, 'voice-message-small');
  await sizeWindow(clerk, 1280, 800);
  await clerk.deskPage.getByTestId('form-submit').click();
  await waitUntil('the form is done', async () => (await workOf(clerk)) === 'done');
});

test('A9 two desks claim one message at once: one has it, the other is told who', async () => {
  await press(clerk, 'Control+i');
  await senior.deskPage.getByTestId('strip-recording-to-do').click();
  await Promise.all([goTo(clerk, message.raced), goTo(senior, message.raced)]);
  await Promise.all([press(clerk, 'c'), press(senior, 'c')]);
  const standing = async () => [await standingOf(clerk, message.raced), await standingOf(senior, message.raced)].sort();
  await waitUntil('the server has decided', async () => (await standing()).join() === 'claimedByOther,mine', 30_000);
  const [winner, loser] = (await standingOf(clerk, message.raced)) === 'mine' ? ['3001', senior] : ['8806', clerk];
  const told = loser.deskPage.locator('[data-testid="work-refused"], [data-testid="attention-card"]');
  await told.first().waitFor();
  expect(await told.first().textContent()).toContain(winner);
});

test('P2 A9 a claim made offline is tentative and says so; the server settles it when the line is back', async () => {
  await press(clerk, 'Control+i');
  await press(senior, 'Control+i');
  line.cut();
  await waitUntil('the clerk is offline', async () => (await linkState(clerk)) === 'offline');
  await goTo(clerk, message.kept);
  await press(clerk, 'c');
  await waitUntil('it says tentative', async () => (await workOf(clerk)) === 'mineTentatively');
  await waitUntil('what was never fetched says so', async () => (await dataOf(clerk, 'player')) === 'unreachable');
  await keepScreens(clerk, 'claim-offline');
  await press(clerk, 'Control+i');
  await goTo(clerk, message.lost);
  await press(clerk, 'c');
  await waitUntil('this one, too', async () => (await workOf(clerk)) === 'mineTentatively');
  await goTo(senior, message.lost);
  await press(senior, 'c');
  await waitUntil('the senior agent has it', async () => (await workOf(senior)) === 'mine');

  line.restore();
  await waitUntil('the clerk has lost it', async () => (await workOf(clerk)) === 'claimedByOther', 60_000);
  const card = clerk.deskPage.getByTestId('attention-card').first();
  await card.waitFor();
  expect(await card.textContent()).toContain('8806');
  await press(clerk, 'Control+i');
  await waitUntil(
    'the other one is kept',
    async () => (await row(clerk, message.kept).getByTestId('work-state').getAttribute('data-value')) === 'mine',
  );
});

test('P2 A7 a message played once plays again with the line cut', async () => {
  await goTo(clerk, message.kept);
  await press(clerk, 'Enter');
  await waitUntil('it is fetched', async () => (await dataOf(clerk, 'player')) === 'paused', 20_000);
  await press(clerk, 'Control+i');
  line.cut();
  await waitUntil('the clerk is offline', async () => (await linkState(clerk)) === 'offline');
  await goTo(clerk, message.kept);
  await press(clerk, 'Enter');
  await waitUntil('it is there', async () => (await dataOf(clerk, 'player')) === 'paused', 20_000);
  await press(clerk, 'F10');
  await waitUntil('it plays', async () => (await position(clerk)) > 0.5, 20_000);
  await press(clerk, 'r');
  await waitUntil('released tentatively', async () => (await workOf(clerk)) === 'releasedTentatively');
  line.restore();
  await waitForEmptyOutbox(clerk);
});

test('A9 a callback is dialled with one key, and its outcome booked with one more', async () => {
  await press(clerk, 'Control+i');
  await goTo(clerk, callback);
  await press(clerk, 'c');
  await waitUntil('it is claimed', async () => (await workOf(clerk)) === 'mine');
  await waitUntil('the phone is there', async () => (await dataOf(clerk, 'registration')) === 'registered', 30_000);
  await keepScreens(clerk, 'callback');
  await press(clerk, 'Control+d');
  await waitUntil('the customer has answered', async () => (await callPhase(clerk)) === 'talking', 40_000);
  await keepScreens(clerk, 'callback-talking');
  await press(clerk, 'F3');
  await clerk.deskPage.getByTestId('try-box').waitFor({ timeout: 30_000 });
  await keepScreens(clerk, 'callback-outcome');
  // Suggested, and under the focus.
  await press(clerk, 'Enter');
  await clerk.deskPage.getByTestId('callback-tries').waitFor();
  expect(await dataOf(clerk, 'callback')).toBe('reached');
  await waitForEmptyOutbox(clerk);
});

test('A4 mails, web messages and faxes are read beside the form, set aside with a reason, checked back', async () => {
  await senior.deskPage.getByTestId('strip-text-to-do').click();
  await waitUntil('all four are there', async () => (await dataOf(senior, 'strip-text-to-do')) === '4');
  await keepScreens(senior, 'inbox-text');
  await senior.deskPage.getByTestId('inbox-row').filter({ hasText: '张**' }).focus();
  await press(senior, 'c');
  await waitUntil('the bill is drawn', async () => (await dataOf(senior, 'scan-page')) === '1 drawn', 20_000);
  expect(await senior.deskPage.getByTestId('mail-text').textContent()).toContain('频繁断线');
  await senior.deskPage.getByTestId('check-back-open').click();
  await senior.deskPage.getByTestId('check-back-text').fill('请问宽带账号是多少？');
  await senior.deskPage.getByTestId('check-back-ask').click();
  await senior.deskPage.getByTestId('check-back').waitFor();
  await keepScreens(senior, 'mail');

  await senior.deskPage.getByTestId('strip-text-problems').click();
  await senior.deskPage.getByTestId('inbox-row').focus();
  await press(senior, 'c');
  await senior.deskPage.getByTestId('mail-problem').waitFor();
  await senior.deskPage.getByTestId('set-aside').click();
  await senior.deskPage.getByTestId('set-aside-spam').click();
  await waitUntil('it is set aside', async () => (await workOf(senior)) === 'setAside');
  await waitUntil('no problem is left', async () => (await dataOf(senior, 'strip-text-problems')) === '0');
  await waitForEmptyOutbox(senior);
});

test('A6 A9 a caller who rings before we do: the ringing desk shows what we owe, and the callback is closed', async () => {
  await senior.deskPage.getByTestId('strip-recording-to-do').click();
  await makeReady(senior);
  const ear = await RtpRecorder.open();
  const call = await callBySipp({
    sipPort: centre.sipPort,
    from: '13900006666',
    dialled: '1000',
    keys: [
      { digit: '2', afterMs: 2_500 },
      { digit: '1', afterMs: 2_000 },
    ],
    voiceFile: callerVoiceFile,
    hearAt: ear.port,
    workDir: join(folder, 'sipp'),
  });
  try {
    await waitUntil('the desk rings', async () => (await callPhase(senior)) === 'ringing', 40_000);
    const known = senior.deskPage.locator(`[data-testid="caller-form"][data-form="${owed}"]`);
    await known.waitFor();
    await keepScreens(senior, 'ringing');
    await senior.deskPage.getByTestId('call-answer').click();
    await waitUntil('they talk', async () => (await callPhase(senior)) === 'talking', 30_000);
    await known.click();
    await waitUntil(
      'the form the desk opened by itself has made room',
      async () => (await senior.deskPage.getByTestId('form-number').getAttribute('data-value')) === owed,
    );
    await press(senior, 'c');
    await waitUntil('it is kept without a hand', async () => (await dataOf(senior, 'callback')) === 'reached');
    await keepScreens(senior, 'rang-first');
    await senior.deskPage.getByTestId('call-hangup').click();
    expect(await call.ended).toBe(0);
  } finally {
    call.kill();
    ear.close();
  }
  await waitForEmptyOutbox(senior);
});

test('A9 what was written, claimed and booked stands in the centre', async () => {
  await clerk.close();
  await senior.close();
  await centre.stop();
  const { forms } = await readRecords(centre.dataDir);
  const byId = (id: string) => forms.find((form) => form.id === id);
  expect(byId(message.whole)).toMatchObject({
    status: 'submitted',
    transcript: '宽带断线，要求回电。',
    work: { state: 'done', by: '3001' },
  });
  expect(byId(message.lost)?.work).toMatchObject({ state: 'claimed', by: '8806' });
  expect(byId(message.kept)?.work.state).toBe('waiting');
  expect(byId(owed)).toMatchObject({
    calls: [{ caller: '13900006666' }],
    callbackTries: [{ by: 'CENTRE', outcome: 'reached' }],
  });
  expect(byId(callback)?.callbackTries).toMatchObject([
    { by: '3001', outcome: 'reached', contactId: expect.stringMatching(/^[\w-]{36}$/) },
  ]);
});
