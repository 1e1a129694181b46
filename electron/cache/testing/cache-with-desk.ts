import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4 as uuidV4, v7 as uuidV7 } from 'uuid';
import type { Person } from '../../../contract/http.ts';
import { emptyComplaint } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { Operation } from '../../../domain/forms/operations.ts';
import { channelOf, type Origin } from '../../../domain/forms/origin.ts';
import { perform } from '../../../domain/forms/perform.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import type { Role } from '../../../domain/people/roles.ts';
import type { Vault } from '../../vault/unlock-vault.ts';
import { type Cache, openCache } from '../open-cache.ts';
import { indexSome } from '../search/index-later.ts';
import type { Author } from '../store/act.ts';
import type { DeskStore } from '../store/desk-store.ts';
import { deskStoreOf } from '../store/sqlite-desk-store.ts';

export const agent: Person = { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] };

export const author = (now = Date.UTC(2026, 10, 24, 9, 30)): Author => ({
  staffNumber: agent.staffNumber,
  roles: agent.roles,
  now,
});

/** The data key of caches under test. */
export const testKey = new Uint8Array(32).fill(7);

/** A vault that is open, and whose key the centre has. */
export const testVault: Vault = {
  key: testKey,
  keyKeptBy: () => 'password',
  isProved: () => true,
  prove: () => undefined,
  deposit: async () => undefined,
};

/** A cache at which the agent has signed in online once: it has a desk number. */
export const openTestCache = (folder: string): Cache => {
  const opened = openCache(folder, testKey);
  if (!opened.ok) throw new Error(opened.error.code);
  opened.value.database.write((writes) =>
    writes.run('UPDATE meta SET desk_number = 17, person = ?', JSON.stringify(agent)),
  );
  return opened.value;
};

/** A step of the sync on this cache, in a transaction of its own. */
export const onStore = <Answer>({ database }: Pick<Cache, 'database'>, work: (store: DeskStore) => Answer): Answer =>
  database.write((writes) => work(deskStoreOf(writes)));

/** Until a search looks through every form. */
export const indexAll = ({ database }: Pick<Cache, 'database'>): void => {
  while (database.write(indexSome) > 0);
};

/** What is to be sent of a person's, in order. */
export const sendableOf = (cache: Pick<Cache, 'database'>, by = agent.staffNumber): readonly Operation[] =>
  onStore(cache, (store) => store.sendable(by, 1_000_000, new Set()));

/** What the centre makes of operations it applies. */
export const atCentre = (
  operations: readonly Operation[],
  before?: Form,
  roles: readonly Role[] = agent.roles,
): Form => {
  let form = before;
  for (const operation of operations) {
    const done = perform(form, operation, { roles }, usualProcedureRules);
    if (!done.ok) throw new Error(done.error.code);
    form = done.value;
  }
  if (!form) throw new Error('no operations');
  return form;
};

/** A form the centre has opened for what came in. */
export const cameIn = (origin: Origin, at: number): Form => {
  const form = uuidV7();
  const payload = {
    number: form.slice(0, 32),
    kind: 'complaint',
    origin,
    fields: { ...emptyComplaint, channel: channelOf(origin) },
    attachments: [],
  } as const;
  const envelope = { id: uuidV7(), device: uuidV4(), seq: 1, form, madeAt: at, by: 'CENTRE' };
  return atCentre([{ ...envelope, kind: 'form.open', payload }], undefined, ['centre']);
};

/** A new folder that is gone after `work`. */
export const inFolder = async <Answer>(work: (folder: string) => Promise<Answer> | Answer): Promise<Answer> => {
  const folder = mkdtempSync(join(tmpdir(), 'zuoxi-cache-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
