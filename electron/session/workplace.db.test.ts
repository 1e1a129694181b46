import { expect, test, vi } from 'vitest';
import { type SyncStatus, syncStatus } from '../../contract/ipc.ts';
import { usualCallbackRules } from '../../domain/forms/callback.ts';
import type { Form } from '../../domain/forms/form.ts';
import { origins } from '../../domain/forms/origin.fixture.ts';
import { listForms } from '../cache/form-list.ts';
import type { PlainSummary } from '../cache/masked-views.ts';
import { type Cache, openCache } from '../cache/open-cache.ts';
import {
  agent,
  atCentre,
  cameIn,
  inFolder,
  openTestCache,
  testKey,
  testVault,
} from '../cache/testing/cache-with-desk.ts';
import { performAction } from '../cache/work-form.ts';
import { openFakeCentre } from '../sync/testing/fake-centre.ts';
import { enterWorkplace } from './workplace.ts';

const minute = 60_000;
const rules = { retryAfterMs: { 'no-answer': 40 * minute, busy: 2 * minute }, maxTries: 5 };

/** A callback that was rung once, at `at`, and not answered. */
const notAnswered = (at: number): Form => {
  const form = cameIn({ ...origins.callback, window: { from: at - minute, to: at + 600 * minute } }, at - minute);
  const envelope = { device: crypto.randomUUID(), seq: 2, form: form.id, madeAt: at, by: 'CENTRE' };
  const payload = { outcome: 'no-answer', startedAt: at, contactId: null } as const;
  return atCentre([{ ...envelope, id: form.id, kind: 'form.try-callback', payload }], form, ['centre']);
};

const shown = ({ database }: Cache, form: string, now: number): PlainSummary | undefined =>
  database
    .read((reads) =>
      listForms(
        reads,
        { search: '', status: null, inbox: null, desk: null, part: null, limit: 9, offset: 0 },
        { staffNumber: agent.staffNumber, now },
      ),
    )
    .forms.find(({ id }) => id === form);

test('A9 rules that the centre changes say when a customer is rung again, at once and offline after a restart', () =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const at = Date.now();
    const form = notAnswered(at);
    centre.takeIn(form);
    let told: SyncStatus | undefined;
    const work = async (until: (cache: Cache) => void) => {
      const cache = openTestCache(folder);
      const workplace = enterWorkplace({
        cache,
        vault: testVault,
        server: centre.url,
        person: agent,
        password: 'right',
        tokens: undefined,
        broadcast: (name, payload) => {
          if (name === 'sync.changed') told = syncStatus.parse(payload);
        },
        now: Date.now,
        random: Math.random,
      });
      await vi.waitFor(() => until(cache), { timeout: 10_000 });
      await workplace.leave();
    };
    await work((cache) => expect(shown(cache, form.id, at)?.nextTryAt).toBe(at + 15 * minute));
    expect(told?.callbackRules).toEqual(usualCallbackRules);
    centre.callbackRules = rules;
    await work((cache) => {
      expect(shown(cache, form.id, at)?.nextTryAt).toBe(at + 40 * minute);
      expect(told?.callbackRules).toEqual(rules);
    });
    await centre.close();

    const opened = openCache(folder, testKey);
    if (!opened.ok) throw new Error(opened.error.code);
    const cache = opened.value;
    expect(shown(cache, form.id, at)?.nextTryAt).toBe(at + 40 * minute);
    const clerk = { staffNumber: agent.staffNumber, roles: ['recording-clerk'], now: at + 41 * minute } as const;
    const busy = { outcome: 'busy', startedAt: at + 41 * minute, contactId: null } as const;
    for (const action of [
      { form: form.id, kind: 'form.claim', payload: {} },
      { form: form.id, kind: 'form.try-callback', payload: busy },
    ] as const)
      expect(cache.database.write((writes) => performAction(writes, clerk, action)).ok).toBe(true);
    expect(shown(cache, form.id, at)?.nextTryAt).toBe(at + 43 * minute);
    cache.database.close();
  }));
