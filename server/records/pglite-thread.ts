import { Worker } from 'node:worker_threads';
import type { OneConnection, QueryAnswer } from './one-connection.ts';

/** What is asked of the thread; each answer carries the id of its question. */
export type Question =
  | { readonly id: number; readonly kind: 'query'; readonly text: string; readonly parameters: readonly unknown[] }
  | { readonly id: number; readonly kind: 'close' };

/** `ready` comes once, first. An error keeps PostgreSQL's code, by which callers tell a conflict from a fault. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly answer: QueryAnswer | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly code: string | undefined };

/**
 * The embedded database in a thread of its own. A query, a sync to a slow disk or a vacuum holds up
 * whatever runs beside it, and beside it here are calls whose every 20 ms of sound must leave in time.
 */
export const startPgliteThread = async (folder: string): Promise<OneConnection> => {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), { workerData: folder });
  const waiting = new Map<
    number,
    { readonly resolve: (answer: QueryAnswer | undefined) => void; readonly reject: (error: Error) => void }
  >();
  let fault: Error | undefined;
  let lastId = 0;

  const ready = new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => {
      fault = error;
      reject(error);
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    };
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`the embedded database ended (${code})`)));
    worker.on('message', (message: Answer) => {
      if (message.kind === 'ready') {
        resolve();
        return;
      }
      const one = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'done') one?.resolve(message.answer);
      else one?.reject(Object.assign(new Error(message.message), { code: message.code }));
    });
  });

  const ask = (question: Question): Promise<QueryAnswer | undefined> =>
    new Promise((resolve, reject) => {
      if (fault) {
        reject(fault);
        return;
      }
      waiting.set(question.id, { resolve, reject });
      worker.postMessage(question);
    });
  const nextId = () => {
    lastId += 1;
    return lastId;
  };

  await ready;
  return {
    query: async (text, parameters) =>
      (await ask({ id: nextId(), kind: 'query', text, parameters })) ?? { rows: [], affectedRows: 0 },
    close: async () => {
      await ask({ id: nextId(), kind: 'close' });
      await worker.terminate();
    },
  };
};
