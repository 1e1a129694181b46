import { setTimeout as after } from 'node:timers/promises';
import { z } from 'zod';
import type { Writes } from '../../../../electron/cache/database.ts';
import { readForm, readView } from '../../../../electron/cache/form-views.ts';
import { type Cache, openCache } from '../../../../electron/cache/open-cache.ts';
import { countOutbox } from '../../../../electron/cache/outbox.ts';
import type { Author } from '../../../../electron/cache/store/act.ts';
import { testKey, testVault } from '../../../../electron/cache/testing/cache-with-desk.ts';
import { performAction } from '../../../../electron/cache/work-form.ts';
import type { Broadcast } from '../../../../electron/ipc/broadcast.ts';
import { signIn } from '../../../../electron/session/sign-in.ts';
import { enterWorkplace, type Workplace } from '../../../../electron/session/workplace.ts';
import { createApi } from '../../../../electron/sync/api.ts';
import type { Edit, SyncClient } from '../client.ts';

/** Our desk without its windows: the cache, the outbox and the link to the centre as the main process has them. */
export const openClient = async (folder: string, server: string, staffNumber: string): Promise<SyncClient> => {
  const credentials = { staffNumber, password: `zuoxi-${staffNumber}` };
  let cache = openHere(folder);
  let workplace: Workplace | undefined;
  let hear: Broadcast = () => undefined;

  /** Signed in, and nothing exchanged yet: peers have no accounts, and ours is not measured with them. */
  const signedIn = async () => {
    const answered = await signIn({ cache, api: createApi({ server, fetch }), now: Date.now }, credentials);
    if (!answered.ok) throw new Error(answered.error.code);
    return answered.value;
  };
  let session = await signedIn();
  const enter = (): Workplace => {
    workplace = enterWorkplace({
      ...session,
      cache,
      vault: testVault,
      server,
      password: credentials.password,
      broadcast: (name, payload) => hear(name, payload),
      now: Date.now,
      random: Math.random,
    });
    return workplace;
  };
  /** All that was there when it began, and what has changed since. */
  const filled = (): Promise<void> =>
    new Promise((resolve) => {
      hear = (name, payload) => {
        if (name !== 'sync.changed' || payload === null || !('link' in payload)) return;
        if (hasBegun(cache) && payload.link === 'online' && payload.fill === null) resolve();
      };
    });
  const write = (edits: readonly Edit[], author: Author): void => {
    cache.database.write((writes) => {
      for (const edit of edits) editIn(writes, edit, author);
    });
  };

  return {
    fill: async () => {
      const done = filled();
      enter();
      await done;
      return countForms(cache);
    },
    settle: async () => {
      while ((workplace?.sync.status().unindexed ?? 0) > 0) await after(20);
    },
    editOffline: async (edits) => {
      await workplace?.leave();
      cache = openHere(folder);
      for (let from = 0; from < edits.length; from += editsAtOnce) {
        write(edits.slice(from, from + editsAtOnce), { ...session.person, now: Date.now() });
      }
      session = await signedIn();
    },
    push: async () => {
      enter();
      while (cache.database.read(countOutbox).pending > 0) await after(5);
      const { attention } = cache.database.read(countOutbox);
      if (attention > 0) throw new Error(`${attention} edits were refused`);
    },
    goLive: async (onSeen) => {
      const { sync } = workplace ?? enter();
      hear = (name, payload) => {
        if (name !== 'form.changed' || payload === null || !('form' in payload) || payload.form === null) return;
        const { form } = payload;
        const text = cache.database.read((reads) => readView(reads, form))?.form.fields.text;
        if (text !== undefined) onSeen(text);
      };
      while (sync.status().link !== 'online') await after(5);
    },
    edit: async (edit) => {
      const here = workplace ?? enter();
      write([edit], here.author());
      here.tellFormChanged(edit.form);
      here.sync.kick();
    },
  };
};

/** Of the offline edits, which only prepare a push. */
const editsAtOnce = 200;

const editIn = (writes: Writes, { form, text }: Edit, author: Author): void => {
  const before = readForm(writes, form);
  if (!before) throw new Error(`no form ${form}`);
  const payload = { from: { text: before.fields.text }, to: { text } };
  const done = performAction(writes, author, { form, kind: 'form.edit', payload });
  if (!done.ok) throw new Error(done.error.code);
};

const openHere = (folder: string): Cache => {
  const opened = openCache(folder, testKey);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

/** Before it has, the desk is as online as after. */
const hasBegun = ({ database }: Cache): boolean =>
  database.read((reads) =>
    reads.first(z.object({ cursor: z.int() }), 'SELECT cursor FROM meta WHERE scope IS NOT NULL'),
  ) !== undefined;

const countForms = ({ database }: Cache): number =>
  database.read((reads) => reads.first(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM forms'))?.n ?? 0;
