import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type {} from '../../renderer/app/bridge.ts';
import { openEmbedded } from '../../server/records/open-records.ts';
import { newId, pushInto, seniorAgent, signInAt } from '../../server/sync/push.fixture.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { type Desk, launchDesk } from './launch-desk.ts';
import { keepScreens } from './screens.ts';
import { dataOf, linkState, signIn } from './work-desk.ts';

const dayMs = 24 * 3_600_000;
const beijingDay = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

/** Every hour of every day is worked here, so that it does not matter when the test runs. */
const from = Date.now() - 20 * dayMs;
const workdays = Array.from({ length: 40 }, (_, day) => beijingDay(from + day * dayMs));
const rules = {
  ...usualProcedureRules,
  deadlines: { ...usualProcedureRules.deadlines, officeHours: { fromMinute: 0, toMinute: 1_440 }, workdays },
};
const environment = { ZUOXI_OFFICE_HOURS: '00:00-24:00', ZUOXI_WORKDAYS: workdays.join(',') };

let folder: string;
let centre: Centre;
let desk: Desk;

/** What a senior dispatched to the shops so long ago, put into the records of a centre that does not run. */
const dispatchedBefore = async (
  matters: readonly { readonly who: string; readonly days: number; readonly paused?: true }[],
) => {
  const records = await openEmbedded(join(folder, 'centre/records'));
  const senior = await signInAt(records, seniorAgent);
  const push = pushInto(records, { clock: Date.now, rules });
  const ids = [];
  for (const { who, days, paused } of matters) {
    const [form, order, madeAt] = [newId(), randomUUID(), Date.now() - days * dayMs];
    const empty = { callerName: '', contactNumber: '', text: '', complaintType: null };
    const filled = { callerName: who, contactNumber: '13900001111', text: '营业员态度差，要求道歉' } as const;
    const dispatch = { order, type: 'dispatch', department: 'shops', text: '请核实', follows: null } as const;
    const operations = [
      senior.open(form),
      senior.make('form.edit', form, { from: empty, to: { ...filled, complaintType: 'staff-conduct' } }),
      senior.make('form.order', form, dispatch),
      ...(paused ? [senior.make('form.pause', form, { order, reason: '等用户寄回设备' })] : []),
    ];
    const { results } = await push.take(
      operations.map((operation) => ({ ...operation, madeAt })),
      senior.session,
    );
    expect(results.every(({ outcome }) => outcome === 'applied')).toBe(true);
    ids.push(form);
  }
  await records.close();
  return ids;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-deadlines-'));
  centre = await startCentre({ dataDir: join(folder, 'centre'), environment });
  await centre.stop();
});

afterAll(async () => {
  await desk?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('S3 S4 the senior who sent it is told what runs out and what is overdue, sees what stands still, and a killed centre tells nothing twice', async () => {
  const [warned, overdue, paused] = await dispatchedBefore([
    { who: '赵敏', days: 2 },
    { who: '钱进', days: 5 },
    { who: '孙涛', days: 1, paused: true },
  ]);
  await centre.startAgain();
  desk = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'desk') });
  await signIn(desk, '8806', 'zuoxi-8806');
  const { deskPage } = desk;
  const pillOf = (form: string | undefined) =>
    deskPage
      .locator(`[data-testid="form-row"][data-form="${form}"] [data-testid="deadline"]`)
      .getAttribute('data-value');
  await deskPage.getByTestId('deadline-notice').waitFor({ timeout: 60_000 });
  await deskPage.getByTestId('strip-forms-to-do').click();
  expect(await pillOf(warned)).toBe('warned');
  expect(await pillOf(overdue)).toBe('overdue');
  expect(await pillOf(paused)).toBe('paused');

  await deskPage.getByTestId('deadline-notice-open').click();
  const told = deskPage.getByTestId('deadline-row');
  await told.first().waitFor();
  expect(await told.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-form')))).toEqual([overdue, warned]);
  await keepScreens(desk, 'deadlines');
  await told.first().click();
  await waitUntil('the overdue form is open', async () => (await dataOf(desk, 'form-number')) === overdue);
  expect(await deskPage.locator('.form-head [data-testid="deadline"]').getAttribute('data-value')).toBe('overdue');
  await keepScreens(desk, 'overdue-form');

  const steps = () =>
    deskPage.evaluate(async (form) => {
      const view = await window.desk.request('form.read', { form });
      return view?.form.history.map(({ kind }) => kind).filter((kind) => /^form\.(warn|escalate)$/.test(kind));
    }, overdue ?? '');
  expect(await steps()).toEqual(['form.warn', 'form.warn', 'form.escalate']);
  await centre.kill();
  await waitUntil('the desk is offline', async () => (await linkState(desk)) === 'offline');
  await centre.startAgain();
  await waitUntil('the desk is online', async () => (await linkState(desk)) === 'online', 60_000);
  expect(await steps()).toEqual(['form.warn', 'form.warn', 'form.escalate']);
});
