/**
 * One engine in a process of its own: `node --expose-gc run-engine.ts NAME FOLDER FORMS ARTICLES`.
 * Reads the key presses from the folder, loads the data, searches, and leaves what it saw beside them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engines/engine.ts';
import type { Run } from './run.ts';

const settledRss = (): number => {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  return process.memoryUsage.rss();
};

// Before anything else is read in: what an engine's own code takes counts.
const emptyRss = settledRss();
const [, , name = '', folder = '', forms = '0', articles = '0'] = process.argv;
const amounts = { forms: Number(forms), articles: Number(articles) };
const engines: Record<string, () => Promise<Engine>> = {
  cache: async () => (await import('./engines/cache.ts')).openCacheEngine(folder, amounts),
  'cache-as-shown': async () => (await import('./engines/cache.ts')).openCacheAsShown(folder),
  minisearch: async () => (await import('./engines/minisearch.ts')).loadMiniSearch(amounts),
  flexsearch: async () => (await import('./engines/flexsearch.ts')).loadFlexSearch(amounts),
  'flexsearch-grams': async () => (await import('./engines/flexsearch.ts')).loadFlexSearchByGrams(amounts),
};
const load = engines[name];
if (!load) throw new Error(`no engine ${name}`);

const began = performance.now();
const engine = await load();
const loadMs = performance.now() - began;
const { keystroke } = await import('./run.ts');
const keystrokes = keystroke.array().parse(JSON.parse(readFileSync(join(folder, 'typed.json'), 'utf8')));
const ms: number[] = [];
const ids: number[][] = [];
for (const { collection, typed } of keystrokes) {
  const pressed = performance.now();
  const found = engine.search(collection, typed);
  ms.push(performance.now() - pressed);
  ids.push([...found]);
}
const run: Run = { loadMs, rss: settledRss() - emptyRss, ms, ids };
engine.close?.();
writeFileSync(join(folder, `${name}.json`), JSON.stringify(run));
