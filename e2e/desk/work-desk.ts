import { waitUntil } from '../stage/wait-until.ts';
import type { Desk } from './launch-desk.ts';

/** What an agent does at the desk, through the screen alone. */
export const signIn = async (desk: Desk, staffNumber: string, password: string): Promise<void> => {
  await desk.deskPage.getByTestId('login-staff-number').fill(staffNumber);
  await desk.deskPage.getByTestId('login-password').fill(password);
  await desk.deskPage.getByTestId('login-submit').click();
  await desk.deskPage.getByTestId('sign-out').waitFor({ timeout: 30_000 });
};

/** Waits for the softphone's registration, then presses Ready. */
export const makeReady = async (desk: Desk): Promise<void> => {
  await waitUntil('the softphone is registered', async () => (await dataOf(desk, 'registration')) === 'registered');
  await desk.deskPage.getByTestId('seat-ready').click();
  await waitUntil('the seat is ready', async () => (await seatPhase(desk)) === 'ready');
};

export const seatPhase = (desk: Desk): Promise<string | null> => dataOf(desk, 'seat-phase');
export const callPhase = (desk: Desk): Promise<string | null> => dataOf(desk, 'call-phase');
export const linkState = (desk: Desk): Promise<string | null> => dataOf(desk, 'link-state');

export const pendingCount = async (desk: Desk): Promise<number> => Number((await dataOf(desk, 'pending-count')) ?? 0);

export const waitForEmptyOutbox = (desk: Desk): Promise<unknown> =>
  waitUntil('every operation has reached the centre', async () => (await pendingCount(desk)) === 0, 60_000);

/** The state behind the words on the screen, which differ by language; null where it is not shown. */
export const dataOf = (desk: Desk, testId: string): Promise<string | null> =>
  desk.deskPage.getByTestId(testId).evaluateAll((found) => found[0]?.getAttribute('data-value') ?? null);
