import { expect, test } from 'vitest';
import { readForm } from '../cache/form-views.ts';
import { agent, inFolder, onStore, openTestCache, testVault } from '../cache/testing/cache-with-desk.ts';
import { writtenForm } from '../cache/testing/written-form.ts';
import { enterWorkplace } from '../session/workplace.ts';
import { findHandlers } from './find-handlers.ts';
import { openFakeCentre } from './testing/fake-centre.ts';

test('P2 a form too old to be kept is brought by its number, and stays as the centre has it', () =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const cache = openTestCache(folder);
    const told: (string | null)[] = [];
    const workplace = enterWorkplace({
      ...{ cache, vault: testVault, server: centre.url, person: agent, password: 'right', tokens: undefined },
      broadcast: (name, payload) => {
        if (name === 'form.changed') told.push(Object(payload).form);
      },
      now: Date.now,
      random: Math.random,
    });
    const find = findHandlers({
      current: () => workplace,
      read: () => null,
      signIn: () => Promise.reject(new Error('signed in already')),
      signOut: () => Promise.resolve(),
    })['form.find-at-centre'];
    try {
      const old = writtenForm({ number: '250101-0017-001-3' }, { contactNumber: '13900001111' });
      centre.kept.push({ cursor: 7, form: old });
      expect(await find({ number: '250101-0017-001-3' })).toEqual({ ok: true, value: { found: 1 } });
      expect(cache.database.read((reads) => readForm(reads, old.id))).toEqual(old);
      expect(told).toContain(old.id);
      expect(onStore(cache, (store) => store.serverCursor(old.id))).toBe(7);
      expect(await find({ number: '139 0000 1111' })).toEqual({ ok: true, value: { found: 1 } });
      expect(await find({ number: '13900002222' })).toEqual({ ok: true, value: { found: 0 } });
      await centre.close();
      expect(await find({ number: '13900002222' })).toEqual({ ok: false, error: { code: 'unreachable' } });
    } finally {
      await workplace.leave();
    }
  }));
