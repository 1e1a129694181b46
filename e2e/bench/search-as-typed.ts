/**
 * `npm run bench:search`: results as one types, among 300,000 forms and 20,000 articles of Chinese text.
 * Our cache, on its file, beside MiniSearch and FlexSearch, each in a process of its own with the same
 * data. Every key press goes to one after the other, so that a noisy machine is noisy for all. `FORMS` and `ARTICLES` make it smaller.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillCache } from './search/engines/cache.ts';
import { collections } from './search/engines/engine.ts';
import { figuresIn, megabytes, type Seen } from './search/figures.ts';
import { madeForms } from './search/made-texts.ts';
import { rowsFilled, rowsToFill, textsOf } from './search/right-results.ts';
import { startEngine } from './search/start-engine.ts';
import { keystrokes } from './search/typed.ts';

const amounts = { forms: Number(process.env.FORMS ?? 300_000), articles: Number(process.env.ARTICLES ?? 20_000) };
const ours = { name: 'cache', title: 'our cache' };
const asShown = { name: 'cache-as-shown', title: 'our cache with all that the rows show (not compared)' };
const peers = [
  { name: 'minisearch', title: 'MiniSearch given a cut for Chinese' },
  { name: 'flexsearch', title: 'FlexSearch with its CJK encoder' },
  { name: 'flexsearch-grams', title: 'FlexSearch cutting as we do' },
];
/** Our memory is to be under this part of each peer's. */
const memoryPart = 1 / 5;

const folder = mkdtempSync(join(tmpdir(), 'zuoxi-search-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const forms = [...madeForms(amounts.forms)];
const pressed = keystrokes(forms);
console.log(`${amounts.forms} forms, ${amounts.articles} articles, ${pressed.length} key presses`);
fillCache(folder, amounts);
console.log(`our cache takes ${megabytes(statSync(join(folder, 'cache.db')).size)} on the disk`);

// Loading is not compared: it is done side by side, to be done sooner.
const engines = await Promise.all(
  [ours, asShown, ...peers].map(async (engine) => {
    const started = await startEngine(engine.name, folder, amounts);
    console.log(`${engine.title}: ready`);
    return { ...engine, started, ms: [] as number[], ids: [] as (readonly number[])[] };
  }),
);
// As at a desk that has been at work: other searches have gone before, which are not counted.
const rehearsed = keystrokes(forms, 7).filter((_, at) => at % 4 === 0);
for (const keystroke of rehearsed) {
  for (const { started } of engines) await started.press(keystroke);
}
for (const keystroke of pressed) {
  for (const { started, ms, ids } of engines) {
    const found = await started.press(keystroke);
    ms.push(found.ms);
    ids.push(found.ids);
  }
}
const texts = textsOf(amounts);
const toFill = pressed.map((keystroke) => rowsToFill(texts, keystroke));
const seen: Seen[] = [];
for (const { title, started, ms, ids } of engines) {
  const filled = pressed.map((keystroke, at) => rowsFilled(texts, keystroke, ids[at] ?? []));
  seen.push({ title, rss: await started.rss(), ms, filled });
  started.stop();
}

for (const one of seen) {
  console.log(`\n${one.title}: ${megabytes(one.rss)} over the empty process`);
  for (const collection of collections) {
    const { medianMs, p95Ms, filledPart } = figuresIn(collection, pressed, one, toFill);
    console.log(
      `  ${collection}: median ${medianMs.toFixed(2)} ms, p95 ${p95Ms.toFixed(2)} ms, ` +
        `${(100 * filledPart).toFixed(1)} % of the rows filled rightly`,
    );
  }
}

console.log('');
const [own, , ...others] = seen;
if (!own) throw new Error('nothing was run');
let reached = true;
for (const peer of others) {
  const faster = collections.map(
    (collection) =>
      figuresIn(collection, pressed, peer, toFill).medianMs / figuresIn(collection, pressed, own, toFill).medianMs,
  );
  const memory = own.rss / peer.rss;
  reached &&= faster.every((ratio) => ratio > 1) && memory < memoryPart;
  const times = collections.map((collection, at) => `${faster[at]?.toFixed(1)} times as fast in ${collection}`);
  console.log(`against ${peer.title}: ${times.join(', ')}, ${(100 * memory).toFixed(1)} % of its memory`);
}
console.log(
  `${reached ? 'PASS' : 'FAIL'} (wanted against each: faster at the median, under ${100 * memoryPart} % of the memory)`,
);
process.exitCode = reached ? 0 : 1;
