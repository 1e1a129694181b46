import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SeededChoice, seededChoice } from '../../domain/forms/procedure/testing/seeded-choice.ts';
import type {} from '../../renderer/app/bridge.ts';
import { canonicalJson } from '../../server/records/canonical-json.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { signIn } from '../desk/work-desk.ts';
import type { Acknowledged, DeskReport } from './desk-words.ts';
import { type EditRequests, editBySeed, type Tell } from './edit-by-seed.ts';
import { putCardsAway, settleOneCard } from './settle-cards.ts';

/** The real desk in the real Electron, edited over the bridge of its own window, to be killed at any time. */
export interface ElectronDesk {
  readonly staffNumber: string;
  /** Resolves once somebody is signed in and edits begin. */
  readonly start: (seed: number) => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly rest: () => Promise<void>;
  readonly report: () => Promise<DeskReport>;
  readonly leave: () => Promise<void>;
  readonly acknowledged: () => readonly Acknowledged[];
}

export const createElectronDesk = (options: {
  readonly serverUrl: string;
  readonly userDataDir: string;
  readonly staffNumber: string;
  readonly password: string;
  readonly pauseMs: number;
}): ElectronDesk => {
  const { staffNumber, pauseMs } = options;
  const told: Acknowledged[] = [];
  let desk: Desk | undefined;
  let working = false;
  let work: Promise<void> = Promise.resolve();
  let diskFull = 0;

  const tell: Tell = (one) => told.push(one);
  const edit = async (at: Desk, choice: SeededChoice, life: string): Promise<void> => {
    const requests = requestsAt(at);
    for (let count = 0; working; count += 1) {
      await sleep(pauseMs / 2 + choice.below(pauseMs + 1));
      if (!working) return;
      try {
        if (choice.chance(settlesPercent)) await settleOneCard(requests, choice, tell);
        const edited = await editBySeed(requests, choice, staffNumber, `${staffNumber}-${life}-${count}`);
        if (edited.outcome === 'acknowledged') tell(edited.told);
        else if (edited.code === 'disk-full') diskFull += 1;
      } catch (error) {
        // Killed under our hands; an error of the desk itself is one.
        if (working) throw error;
      }
    }
  };
  const pause = async (): Promise<void> => {
    working = false;
    await work;
  };
  const living = (): Desk => {
    if (!desk) throw new Error('the desk does not run');
    return desk;
  };
  return {
    staffNumber,
    start: async (seed) => {
      desk = await launchDesk({ serverUrl: options.serverUrl, userDataDir: options.userDataDir });
      await signInPatiently(desk, staffNumber, options.password);
      working = true;
      work = edit(desk, seededChoice(seed), seed.toString(36));
    },
    kill: async () => {
      working = false;
      await desk?.kill();
      await work;
      desk = undefined;
    },
    rest: pause,
    report: async () => {
      const at = living();
      if (!working) await putCardsAway(requestsAt(at), tell);
      const status = await at.deskPage.evaluate(() => window.desk.request('sync.read', undefined));
      const cards = await at.deskPage.evaluate(() => window.desk.request('attention.list', undefined));
      const forms = await at.deskPage.evaluate(formsOnScreen);
      return {
        link: status.link,
        trouble: status.trouble,
        pending: status.pending,
        forms: Object.fromEntries(
          forms.map((form) => [form.id, createHash('sha256').update(canonicalJson(form)).digest('hex')]),
        ),
        cards: cards.map(({ id }) => id),
        diskFull,
      };
    },
    leave: async () => {
      await pause();
      await desk?.close();
      desk = undefined;
    },
    acknowledged: () => told,
  };
};

/** Before so many of a hundred edits an agent looks at the cards. */
const settlesPercent = 10;

/** As a person does: with the centre away, or the machine too busy to answer in time, once more. */
const signInPatiently = async (desk: Desk, staffNumber: string, password: string): Promise<void> => {
  for (let left = signInTries; ; left -= 1) {
    try {
      return await signIn(desk, staffNumber, password);
    } catch (error) {
      if (left === 1) throw error;
    }
  }
};

const signInTries = 3;

/** Runs in the page. */
const formsOnScreen = async () => {
  const query = { search: '', status: null, inbox: null, desk: null, part: null, limit: 200 } as const;
  const forms = [];
  for (let offset = 0; ; offset += query.limit) {
    const page = await window.desk.request('form.list', { ...query, offset });
    for (const { id } of page.forms) {
      const view = await window.desk.request('form.read', { form: id });
      if (view) forms.push(view.form);
    }
    if (page.forms.length < query.limit) return forms;
  }
};

const requestsAt = ({ deskPage }: Desk): EditRequests => ({
  'form.list': (query) => deskPage.evaluate((input) => window.desk.request('form.list', input), query),
  'form.read': (asked) => deskPage.evaluate((input) => window.desk.request('form.read', input), asked),
  'form.open': (asked) => deskPage.evaluate((input) => window.desk.request('form.open', input), asked),
  'form.perform': (action) => deskPage.evaluate((input) => window.desk.request('form.perform', input), action),
  'attention.list': () => deskPage.evaluate(() => window.desk.request('attention.list', undefined)),
  'attention.settle': (card) => deskPage.evaluate((input) => window.desk.request('attention.settle', input), card),
  'attention.offer-again': (card) =>
    deskPage.evaluate((input) => window.desk.request('attention.offer-again', input), card),
  'attachment.add': (file) =>
    deskPage.evaluate(
      ({ bytes, ...input }) => window.desk.request('attachment.add', { ...input, bytes: Uint8Array.from(bytes) }),
      { ...file, bytes: [...file.bytes] },
    ),
});
