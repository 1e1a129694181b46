/**
 * One engine in a process of its own, forked as `run-engine.ts NAME FOLDER FORMS ARTICLES` with
 * `--expose-gc`: loads the data, then answers what it is asked (`run.ts`).
 */
import type { Engine } from './engines/engine.ts';
import type { Told } from './run.ts';

const settledRss = (): number => {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  return process.memoryUsage.rss();
};
const tell = (what: Told): void => {
  process.send?.(what);
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

const engine = await load();
const { asked } = await import('./run.ts');
process.on('message', (message) => {
  const question = asked.parse(message);
  if (question.ask === 'memory') {
    tell({ tell: 'memory', rss: settledRss() - emptyRss });
    return;
  }
  const pressed = performance.now();
  const ids = engine.search(question.collection, question.typed);
  tell({ tell: 'found', ms: performance.now() - pressed, ids: [...ids] });
});
tell({ tell: 'loaded' });
