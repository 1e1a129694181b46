import { join } from 'node:path';
import PouchDB from 'pouchdb-node';

/**
 * PouchDB as it ships for Node, on LevelDB.
 *
 * @param {number} batch Documents a request; 100 as it ships.
 */
export const pouchClient =
  (batch) =>
  /**
   * @param {string} folder
   * @param {string} server The database's address.
   * @returns {Promise<import('../client.ts').SyncClient>}
   */
  async (folder, server) => {
    const local = new PouchDB(join(folder, 'forms'));
    const remote = new PouchDB(server);
    /** @param {import('../client.ts').Edit} edit */
    const edited = async ({ form, text }) => {
      const doc = await local.get(form);
      doc.fields.text = text;
      return doc;
    };
    return {
      fill: async () => {
        const { docs_written } = await local.replicate.from(remote, { batch_size: batch });
        return docs_written;
      },
      settle: async () => undefined,
      editOffline: async (edits) => {
        for (const edit of edits) await local.put(await edited(edit));
      },
      push: async () => {
        await local.replicate.to(remote, { batch_size: batch });
      },
      goLive: async (onSeen) => {
        const caughtUp = new Promise((resolve) => {
          local.sync(remote, { live: true, batch_size: batch }).once('paused', resolve);
        });
        await caughtUp;
        local
          .changes({ since: 'now', live: true, include_docs: true })
          .on('change', ({ doc }) => onSeen(doc.fields.text));
      },
      edit: async (edit) => {
        await local.put(await edited(edit));
      },
    };
  };

export const openClient = pouchClient(100);
