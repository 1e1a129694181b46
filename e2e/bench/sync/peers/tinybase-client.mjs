import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client';
import { WebSocket } from 'ws';
import { openStore } from './tinybase-store.mjs';

/**
 * TinyBase's store that merges, on SQLite, with its WebSocket synchronizer.
 *
 * @param {string} folder
 * @param {string} server
 * @returns {Promise<import('../client.ts').SyncClient>}
 */
export const openClient = async (folder, server) => {
  const { store, persister } = openStore(folder);
  /** @type {Awaited<ReturnType<typeof createWsSynchronizer>> | undefined} */
  let link;
  const connect = async () => {
    // A minute in place of a second: the answer to a new client is one large message.
    link = await createWsSynchronizer(store, new WebSocket(server, { maxPayload: 2 ** 30 }), 60);
    await link.startSync();
  };
  /** @param {() => boolean} isSo */
  const untilStore = (isSo) =>
    new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        store.delListener(listener);
        resolve(undefined);
      };
      const listener = store.addDidFinishTransactionListener(look);
      look();
    });
  let pushes = 0;
  return {
    fill: async () => {
      await connect();
      await untilStore(() => store.getRowCount('forms') === store.getValue('forms'));
      await persister.save();
      return store.getRowCount('forms');
    },
    settle: async () => undefined,
    editOffline: async (edits) => {
      await link?.destroy();
      link = undefined;
      pushes += 1;
      store.transaction(() => {
        for (const { form, text } of edits) store.setCell('forms', form, 'text', text);
        store.setValue('sent', pushes);
      });
      await persister.save();
    },
    push: async () => {
      await connect();
      await untilStore(() => store.getValue('saved') === pushes);
      await persister.save();
    },
    goLive: async (onSeen) => {
      if (!link) await connect();
      await persister.startAutoSave();
      store.addCellListener('forms', null, 'text', (_store, _table, _row, _cell, text) => onSeen(String(text)));
    },
    edit: async ({ form, text }) => {
      store.setCell('forms', form, 'text', text);
    },
  };
};
