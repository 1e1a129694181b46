/**
 * `npm run bench:search`: results as one types, among 300,000 forms and 20,000 articles of Chinese text.
 * Our cache, on its file, beside MiniSearch and FlexSearch, each in a process of its own, with the same
 * data and the same key presses. `FORMS` and `ARTICLES` make it smaller.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillCache } from './search/engines/cache.ts';
import { collections } from './search/engines/engine.ts';
import { madeForms } from './search/made-texts.ts';
import { rowsFilled, rowsToFill, textsOf } from './search/right-results.ts';
import { type Run, run as runShape } from './search/run.ts';
import { keystrokes } from './search/typed.ts';

const amounts = { forms: Number(process.env.FORMS ?? 300_000), articles: Number(process.env.ARTICLES ?? 20_000) };
const ours = { name: 'cache', title: 'our cache' };
const asShown = { name: 'cache-as-shown', title: 'our cache, with the rows as the screen shows them (not compared)' };
const peers = [
  { name: 'minisearch', title: 'MiniSearch, our grams' },
  { name: 'flexsearch', title: 'FlexSearch, its CJK' },
  { name: 'flexsearch-grams', title: 'FlexSearch, our grams' },
];
/** Our memory is to be under this part of each peer's. */
const memoryPart = 1 / 5;

const folder = mkdtempSync(join(tmpdir(), 'zuoxi-search-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const runEngine = async (name: string): Promise<Run> => {
  const script = join(import.meta.dirname, 'search/run-engine.ts');
  const args = ['--expose-gc', '--max-old-space-size=12000', script, name, folder];
  const child = spawn(process.execPath, [...args, String(amounts.forms), String(amounts.articles)], {
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return runShape.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')));
};

const portion = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
const median = (values: readonly number[]): number => portion(values, 0.5);

const pressed = keystrokes([...madeForms(amounts.forms)]);
writeFileSync(join(folder, 'typed.json'), JSON.stringify(pressed));
console.log(
  `${amounts.forms} forms, ${amounts.articles} articles, ${pressed.length} key presses, none of them a rehearsal`,
);
fillCache(folder, amounts);
console.log(`file of our cache: ${megabytes(statSync(join(folder, 'cache.db')).size)}`);
const texts = textsOf(amounts);
const toFill = pressed.map((keystroke) => rowsToFill(texts, keystroke));

const seen = [];
for (const engine of [asShown, ours, ...peers]) {
  const run = await runEngine(engine.name);
  if (engine !== asShown) seen.push({ ...engine, run });
  const { ms, ids, rss, loadMs } = run;
  console.log(
    `\n${engine.title}: ${megabytes(rss)} over the empty process, ready after ${(loadMs / 1_000).toFixed(1)} s`,
  );
  for (const collection of collections) {
    const of = pressed.flatMap((keystroke, at) => (keystroke.collection === collection ? [at] : []));
    const times = of.map((at) => ms[at] ?? 0);
    const filled = of.reduce((sum, at) => {
      const keystroke = pressed[at];
      return sum + (keystroke ? rowsFilled(texts, keystroke, ids[at] ?? []) : 0);
    }, 0);
    const wanted = of.reduce((sum, at) => sum + (toFill[at] ?? 0), 0);
    console.log(
      `  ${collection}: median ${median(times).toFixed(2)} ms, p95 ${portion(times, 0.95).toFixed(2)} ms, ` +
        `rows rightly filled ${((100 * filled) / wanted).toFixed(1)} %`,
    );
  }
}

const [own, ...others] = seen;
if (!own) throw new Error('nothing was run');
console.log('');
let reached = true;
for (const peer of others) {
  const faster = collections.map((collection) => {
    const timesOf = ({ ms }: Run) => ms.filter((_, at) => pressed[at]?.collection === collection);
    return median(timesOf(peer.run)) / median(timesOf(own.run));
  });
  const memory = own.run.rss / peer.run.rss;
  reached &&= faster.every((ratio) => ratio > 1) && memory < memoryPart;
  console.log(
    `against ${peer.title}: ${collections.map((collection, at) => `${faster[at]?.toFixed(1)} times as fast in ${collection}`).join(', ')} ` +
      `at the median, ${(100 * memory).toFixed(1)} % of its memory`,
  );
}
console.log(
  `${reached ? 'PASS' : 'FAIL'} (wanted: faster at the median, under ${100 * memoryPart} % of the memory, against each)`,
);
process.exitCode = reached ? 0 : 1;

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
