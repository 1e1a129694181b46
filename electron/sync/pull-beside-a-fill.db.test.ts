import { expect, test } from 'vitest';
import { ok } from '../../domain/result.ts';
import { beginFill } from '../cache/store/take-changes.ts';
import { agent, inFolder, onStore, openTestCache } from '../cache/testing/cache-with-desk.ts';
import type { CentreLink } from './centre-link.ts';
import { exchange } from './exchange.ts';
import type { DeskDisk } from './exchange-parts.ts';

test('P2 an answer asked for after a cursor that a fill has gone back from leaves no gap', () =>
  inFolder(async (folder) => {
    const cache = openTestCache(folder);
    const fill = (head: number) =>
      onStore(cache, (store) =>
        beginFill(store, { syncVersion: 1, rowNames: [], scope: 'all', head, forms: 9, serverTime: 1 }),
      );
    fill(6);
    const asked: number[] = [];
    const centre: Pick<CentreLink, 'pull'> = {
      pull: async (after) => {
        asked.push(after);
        // While the first answer is on its way the fill begins anew, of what there was before.
        if (asked.length === 1) fill(5);
        return ok({ changes: [], cursor: 6, more: false, scope: 'all', serverTime: 1 });
      },
    };
    const never = () => Promise.reject(new Error('nothing is asked of it'));
    const write: DeskDisk['write'] = (work) => onStore(cache, work);
    const parts = {
      disk: { write, writeRepeatable: write },
      centre: { ...centre, push: never, fill: never, bringFiles: never, signInAnew: () => undefined },
      person: () => agent,
      now: () => 1,
      onFormsChanged: () => undefined,
    };
    expect(await exchange(parts)).toMatchObject({ ok: true });
    expect(asked).toEqual([6, 5]);
    cache.database.close();
  }));
