/**
 * One client in a process of its own, forked as `run-client.mjs MODULE FOLDER SERVER PERSON` with `--expose-gc`: opens what
 * the module's `openClient` opens, and does what it is asked (client.ts). JavaScript, and no more of it than this: what the
 * process takes is to be the client's.
 */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [, , module = '', folder = '', server = '', person = ''] = process.argv;

const timeOfDay = () => performance.timeOrigin + performance.now();

/** @template Value @param {() => Promise<Value>} work */
const timed = async (work) => {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
};

/** @param {import('./client.ts').Told} what */
const tell = (what) => process.send?.(what);

/** The system is given its time to take back what the collector has freed. */
const settledRss = async () => {
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await after(300);
  }
  return process.memoryUsage.rss();
};

/** Bytes; what `resourceUsage` says goes back to before the fork. */
const peakRss = () => {
  const status = '/proc/self/status';
  const peak = existsSync(status) && /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1];
  return (peak ? Number(peak) : process.resourceUsage().maxRSS) * 1024;
};

const { openClient } = await import(pathToFileURL(module).href);
/** @type {import('./client.ts').SyncClient} */
const client = await openClient(folder, server, person);

process.on('message', async (/** @type {import('./client.ts').Asked} */ question) => {
  switch (question.ask) {
    case 'fill': {
      const { value: forms, ms } = await timed(client.fill);
      return tell({ tell: 'filled', forms, ms });
    }
    case 'settle': {
      const { ms } = await timed(client.settle);
      return tell({ tell: 'settled', ms });
    }
    case 'memory':
      return tell({ tell: 'memory', rss: await settledRss(), peak: peakRss() });
    case 'edit-offline':
      await client.editOffline(question.edits);
      return tell({ tell: 'edited-offline' });
    case 'push': {
      const { ms } = await timed(client.push);
      return tell({ tell: 'pushed', ms });
    }
    case 'go-live':
      await client.goLive((text) => tell({ tell: 'seen', text, at: timeOfDay() }));
      return tell({ tell: 'live' });
    case 'edit': {
      const at = timeOfDay();
      await client.edit(question.edit);
      return tell({ tell: 'edited', at });
    }
  }
});
// Nobody is left to ask.
process.on('disconnect', () => process.exit());
tell({ tell: 'ready' });
