import { createHash, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededChoice } from '../../domain/forms/procedure/testing/seeded-choice.ts';
import { attentionHandlers } from '../../electron/cache/attention-handlers.ts';
import { formHandlers } from '../../electron/cache/form-handlers.ts';
import { readForm } from '../../electron/cache/form-views.ts';
import { createSessions } from '../../electron/session/sessions.ts';
import type { Workplace } from '../../electron/session/workplace.ts';
import { canonicalJson } from '../../server/records/canonical-json.ts';
import { type DeskReport, deskOrders, type FromDesk, toDesk } from './desk-words.ts';
import { editBySeed, type Tell } from './edit-by-seed.ts';
import { putCardsAway, settleOneCard } from './settle-cards.ts';

/**
 * `node headless-desk.ts ORDERS`: a desk without a window, started as a child. What the desk's main process does from
 * sign-in on is all there; the hands and the screen are `editBySeed`. Standard output is one line an acknowledged
 * edit and nothing else; whatever throws ends the process, for the product promises that nothing does.
 */
const orders = deskOrders.parse(JSON.parse(process.argv[2] ?? ''));
const choice = seededChoice(orders.seed);
const lifeId = randomUUID().slice(0, 8);
let resting = false;
let diskFull = 0;

const sessions = createSessions({
  folder: orders.folder,
  server: orders.server,
  broadcast: () => undefined,
  keychain: () => ({ kind: 'none' }),
  now: Date.now,
  random: () => choice.below(1_000_000) / 1_000_000,
  warn: (message) => console.error(message),
  callsInHand: () => [],
});
const handlers = { ...formHandlers(sessions), ...attentionHandlers(sessions) };

const tell = (message: FromDesk): void => {
  process.send?.(message);
};

const writeTold: Tell = (told) => {
  writeSync(1, `${JSON.stringify(told)}\n`);
};

const report = async ({ cache, sync }: Workplace): Promise<DeskReport> => {
  if (resting) await putCardsAway(handlers, writeTold);
  const forms: Record<string, string> = {};
  const query = { search: '', status: null, inbox: null, desk: null, part: null, limit: 200 } as const;
  for (let offset = 0; ; offset += query.limit) {
    const page = await handlers['form.list']({ ...query, offset });
    for (const { id } of page.forms) {
      const form = cache.database.read((reads) => readForm(reads, id));
      forms[id] = createHash('sha256').update(canonicalJson(form)).digest('hex');
    }
    if (page.forms.length < query.limit) break;
  }
  const { link, pending, trouble } = sync.status();
  const cards = (await handlers['attention.list'](undefined)).map(({ id }) => id);
  return { link, trouble, pending, forms, cards, diskFull };
};

process.on('message', (raw) => {
  const message = toDesk.parse(raw);
  switch (message.type) {
    case 'rest':
      resting = true;
      return;
    case 'report': {
      const workplace = sessions.current();
      // Before sign-in there is nothing to report, and who asked goes without.
      if (workplace) void report(workplace).then((made) => tell({ type: 'report', report: made }));
      return;
    }
    case 'leave':
      void sessions.signOut().then(() => process.exit(0));
      return;
    default:
      message satisfies never;
  }
});
// The test is gone: nobody will end this desk any more.
process.on('disconnect', () => process.exit(1));

/** Where the centre is away at the very first sign-in, an agent tries again. */
const signInAgainMs = 500;

for (;;) {
  const signedIn = await sessions.signIn({ staffNumber: orders.staffNumber, password: orders.password });
  if (signedIn.ok) break;
  console.error(`not signed in: ${signedIn.error.code}`);
  await sleep(signInAgainMs);
}
tell({ type: 'signed-in' });

/** Before so many of a hundred edits an agent looks at the cards. */
const settlesPercent = 10;

for (let count = 0; ; count += 1) {
  await sleep(orders.pauseMs / 2 + choice.below(orders.pauseMs + 1));
  if (resting) continue;
  if (choice.chance(settlesPercent)) await settleOneCard(handlers, choice, writeTold);
  const edited = await editBySeed(handlers, choice, orders.staffNumber, `${orders.staffNumber}-${lifeId}-${count}`);
  if (edited.outcome === 'acknowledged') writeTold(edited.told);
  else if (edited.code === 'disk-full') diskFull += 1;
}
