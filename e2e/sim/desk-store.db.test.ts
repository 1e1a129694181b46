import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formRow, formRowNames, usualFormRules } from '../../domain/forms/form-row.ts';
import type { Cache } from '../../electron/cache/open-cache.ts';
import type { DeskStore, SentForm } from '../../electron/cache/store/desk-store.ts';
import { onStore, openTestCache } from '../../electron/cache/testing/cache-with-desk.ts';
import type { DiskWatch } from './disk.ts';
import { type DeskData, MemoryDeskStore } from './memory-desk-store.ts';
import { replay } from './tell.ts';

type Name = keyof DeskStore;
interface Call {
  readonly name: Name;
  readonly given: readonly unknown[];
  readonly answer: unknown;
}

/** Of one transaction: what was asked of the store, and what it answered. */
const callsOf = new WeakMap<MemoryDeskStore, Call[]>();

const names: readonly Name[] = [
  ...([
    'state',
    'setState',
    'append',
    'noteContact',
    'sendable',
    'pending',
    'standingOn',
    'isShown',
    'touched',
  ] as const),
  ...(['acknowledge', 'reject', 'dismiss', 'renumber', 'markBlocked', 'forgetTakenIn', 'screenForm'] as const),
  ...(['serverForm', 'serverCursor', 'putServerForm', 'keepServerForm', 'putScreenForm', 'removeScreenForm'] as const),
  ...(['putSharedForm', 'putSentForms', 'forgetUntouchedForms', 'forgetStrays', 'forgetUnbrought'] as const),
];
const isName = (name: string | symbol): name is Name => names.some((one) => one === name);

const recorded = (data: DeskData): MemoryDeskStore => {
  const calls: Call[] = [];
  const store = new MemoryDeskStore(data);
  const watched = new Proxy(store, {
    get: (_, name) => {
      const member: unknown = Reflect.get(store, name, store);
      if (typeof member !== 'function') return member;
      if (!isName(name)) return member.bind(store);
      return (...given: readonly unknown[]) => {
        const answer: unknown = member.apply(store, given);
        calls.push({ name, given, answer });
        return answer;
      };
    },
  });
  callsOf.set(watched, calls);
  return watched;
};

/** As the centre packs it for a disk that keeps it unread. */
const packed = (sent: SentForm): SentForm => {
  const form = sent.parse();
  const row = formRow(form, usualFormRules);
  return {
    ...sent,
    row: [sent.cursor, ...formRowNames.map((name) => row[name])],
    text: new TextEncoder().encode(JSON.stringify(form)),
  };
};

const again = (store: DeskStore, { name, given }: Call): unknown => {
  const [first, ...rest] = given;
  const asked = name === 'putSentForms' ? [(first as readonly SentForm[]).map(packed)] : [first, ...rest];
  // The names and their arguments are tied by the calls that were recorded.
  return (store[name] as (...values: readonly unknown[]) => unknown)(...asked);
};

const shownBy = (store: DeskStore, forms: Iterable<string>) => ({
  state: store.state(),
  pending: store.pending(),
  touched: store.touched(),
  forms: [...forms].map((id) => [
    ...[id, store.screenForm(id), store.serverForm(id), store.serverCursor(id), store.standingOn(id)],
  ]),
});

test('the disk in memory answers as SQLite does, whatever a desk asks of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zuoxi-sim-'));
  const caches = new Map<string, Cache>();
  let transactions = 0;
  const twinOf = (key: string, data: DeskData): Cache => {
    const known = caches.get(key);
    if (known) return known;
    const cache = openTestCache(join(folder, key));
    caches.set(key, cache);
    onStore(cache, (store) => store.setState({ device: data.state.device }));
    return cache;
  };
  const watchOf = (seed: number): DiskWatch => ({
    open: (desk, data) => {
      twinOf(`${seed}-${desk}`, data);
      return recorded(data);
    },
    onKept: (desk, watched) =>
      onStore(twinOf(`${seed}-${desk}`, watched.data()), (store) => {
        for (const call of callsOf.get(watched) ?? []) expect({ ...call, answer: again(store, call) }).toEqual(call);
        transactions += 1;
        const after = new MemoryDeskStore(watched.data());
        const forms = new Set([...watched.data().screen.keys(), ...watched.data().server.keys()]);
        expect(shownBy(store, forms)).toEqual(shownBy(after, forms));
      }),
  });
  try {
    for (let seed = 1; seed <= 12; seed += 1) {
      // A copied disk, or one put back, has no twin.
      const profile = { clones: 0, restores: 0, powerCuts: 0, desks: 2 };
      const world = await replay({ seed, profile, watch: watchOf(seed) });
      expect(world.broken).toBeUndefined();
    }
  } finally {
    for (const { database } of caches.values()) database.close();
    rmSync(folder, { recursive: true });
  }
  expect(transactions).toBeGreaterThan(500);
}, 120_000);
