import type { PendingPage, SyncDetails } from '../../../contract/sync-page.ts';
import type { DeskThunk } from './store.ts';

/** Operations on a page of what waits. */
export const pendingPageSize = 100;

export interface SyncPage {
  readonly pending: PendingPage;
  readonly details: SyncDetails | null;
}

/** What the sync page shows; `page` from 1. Null: main did not answer. */
export const readSync =
  (page: number): DeskThunk<Promise<SyncPage | null>> =>
  async (_dispatch, _getState, { bridge }) => {
    try {
      const [pending, details] = await Promise.all([
        bridge.request('sync.pending', { limit: pendingPageSize, offset: (page - 1) * pendingPageSize }),
        bridge.request('sync.details', undefined),
      ]);
      return { pending, details };
    } catch {
      return null;
    }
  };

export const syncNow =
  (): DeskThunk =>
  async (_dispatch, _getState, { bridge }) => {
    await bridge.request('sync.now', undefined);
  };
