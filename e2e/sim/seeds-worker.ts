import { parentPort } from 'node:worker_threads';
import type { Stretch } from './run-on-threads.ts';
import { runSeeds } from './run-seeds.ts';

/** One thread of run-on-threads.ts: answers every stretch of seeds with what came of it. */
const port = parentPort;
if (!port) throw new Error('this is a worker of run-on-threads.ts');
// What is thrown here is thrown on purpose, by the thousand; a replay tells where the rest came from.
Error.stackTraceLimit = 0;
port.on('message', async (stretch: Stretch) => port.postMessage(await runSeeds(stretch)));
