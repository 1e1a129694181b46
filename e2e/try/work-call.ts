import { join } from 'node:path';
import { showIn } from '../desk/ask-bridge.ts';
import type { Desk } from '../desk/launch-desk.ts';
import { callPhase, dataOf, linkState, pendingCount, waitForEmptyOutbox } from '../desk/work-desk.ts';
import type { Line } from '../stage/line.ts';
import { waitUntil } from '../stage/wait-until.ts';

type Report = (step: string) => void;

/** Ringing, answer, announcement, until the agent can talk. */
export const talkOnScreen = async (desk: Desk, caller: string, out: string, report: Report): Promise<void> => {
  await waitUntil('the desk rings', async () => (await callPhase(desk)) === 'ringing', 40_000);
  await desk.deskPage.getByText(caller).first().waitFor();
  await desk.deskPage.screenshot({ path: join(out, 'ringing.png') });
  report(`the desk rings and shows ${caller}`);
  await desk.deskPage.getByTestId('call-answer').click();
  await waitUntil('the announcement plays', async () => (await callPhase(desk)) === 'announcing', 10_000);
  report('answered: the staff number is announced, the microphone is closed');
  await waitUntil('the microphone opens', async () => (await callPhase(desk)) === 'talking', 20_000);
  report('the announcement has ended, the microphone is open');
};

/** Writes the complaint, half of it while the line to the server is cut, and submits it. */
export const workForm = async (desk: Desk, line: Line, out: string, report: Report): Promise<void> => {
  const page = desk.deskPage;
  await page.getByTestId('field-callerName').fill('王小明');
  await page.getByTestId('field-account').fill('BB-20417');
  await page.getByTestId('field-text').fill('宽带周二晚上断线，一直没有人回电。');
  await waitForEmptyOutbox(desk);
  for (const language of ['en', 'zh'] as const) {
    await showIn(desk, language);
    await page.screenshot({ path: join(out, `desk-${language}.png`) });
  }
  report('the form is open with the caller in it; the first half has reached the centre');

  line.cut();
  await waitUntil('the desk knows that the line is cut', async () => (await linkState(desk)) === 'offline');
  await page.getByTestId('field-text').fill('宽带周二晚上断线，一直没有人回电。要求周五前修复并书面答复。');
  await page.getByTestId('field-happenedWhere').fill('朝阳区建国路 88 号');
  await waitUntil('edits wait in the outbox', async () => (await pendingCount(desk)) > 0);
  await page.screenshot({ path: join(out, 'cut.png') });
  report(`the line is cut; ${await pendingCount(desk)} edits wait in the outbox, the call goes on`);

  line.restore();
  await waitForEmptyOutbox(desk);
  report('the line is back; every edit has reached the centre');
  await page.getByTestId('field-complaintType').selectOption('product-quality');
  await page.getByTestId('form-submit').click();
  await waitUntil('the form is submitted', async () => (await dataOf(desk, 'form-status')) === 'submitted');
  await waitForEmptyOutbox(desk);
  report('the form is submitted');
};
