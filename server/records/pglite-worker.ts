import { parentPort, workerData } from 'node:worker_threads';
import { connectionOf, type QueryAnswer } from './one-connection.ts';
import { openPgliteOnDisk } from './pglite-on-disk.ts';
import type { Answer, Question } from './pglite-thread.ts';

if (!parentPort || typeof workerData !== 'string') throw new Error('started by pglite-thread.ts only');
const port = parentPort;
const connection = connectionOf(await openPgliteOnDisk(workerData));

const answer = (message: Answer): void => port.postMessage(message);

const done = async (question: Question): Promise<QueryAnswer | undefined> => {
  switch (question.kind) {
    case 'query':
      return connection.query(question.text, question.parameters);
    case 'close':
      await connection.close();
      return undefined;
    default:
      return question satisfies never;
  }
};

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

port.on('message', (question: Question) => {
  done(question).then(
    (found) => answer({ kind: 'done', id: question.id, answer: found }),
    (error: unknown) => answer({ kind: 'failed', id: question.id, message: String(error), code: codeOf(error) }),
  );
});
answer({ kind: 'ready' });
