/**
 * `npm run bench:sync growth`: how our sync and cache grow with 1, 10 and 100 times the forms, up to 300,000 (`FORMS` makes it
 * smaller), on PostgreSQL; and what opening the largest cache takes against an empty one.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { portion } from './search/figures.ts';
import { type AtSize, judgeGrowth, seriesOf, type Used, used } from './sync/growth.ts';
import { growthPlot } from './sync/growth-plot.ts';
import { formsAtCentre } from './sync/made-forms.ts';
import { bundleDesk } from './sync/ours/bundle-desk.ts';
import { startOnPostgres } from './sync/ours/start-centre-server.ts';
import { keepResult, machine } from './sync/results.ts';
import { startClient } from './sync/start-client.ts';
import { sayVerdicts } from './sync/verdict.ts';

const most = Number(process.env['FORMS'] ?? 300_000);
const sizes = [most / 100, most / 10, most].map(Math.round);
const formsAnEdit = 30;
/** Starts of each cache; those of all sizes take turns, so that a noisy machine is noisy for all. */
const starts = 7;

const folder = mkdtempSync(join(tmpdir(), 'zuoxi-growth-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const cacheOf = (count: number): string => join(folder, String(count), 'desk');

const run = promisify(execFile);
const startOn = async (cache: string): Promise<Used> => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'sync/ours/use-cache.ts'), cache]);
  return used.parse(JSON.parse(stdout));
};
const makeSearchable = (cache: string) =>
  run(process.execPath, [join(import.meta.dirname, 'sync/ours/use-cache.ts'), cache, 'index']);

const desk = await bundleDesk();
const filled: Omit<AtSize, 'starts'>[] = [];
for (const count of sizes) {
  const forms = formsAtCentre(count);
  const server = await startOnPostgres(join(folder, String(count)), forms);
  try {
    const client = await startClient(desk, server.url, cacheOf(count), '1001');
    try {
      const { ms: fillMs } = await client.ask({ ask: 'fill' }, 'filled');
      const edits = forms
        .filter((_, at) => at % formsAnEdit === 0)
        .map(({ id, fields }) => ({ form: id, text: `${fields.text} 补记` }));
      await client.ask({ ask: 'edit-offline', edits }, 'edited-offline');
      const { ms: pushMs } = await client.ask({ ask: 'push' }, 'pushed');
      filled.push({ forms: count, fillMs, edits: edits.length, pushMs });
      console.log(
        `${count} forms: filled in ${fillMs.toFixed(0)} ms, ${edits.length} edits pushed in ${pushMs.toFixed(0)} ms`,
      );
    } finally {
      await client.stop();
    }
  } finally {
    await server.stop();
  }
  await makeSearchable(cacheOf(count));
}

const empty = join(folder, 'empty');
await makeSearchable(empty);
const seen = new Map<string, Used[]>();
for (let start = 0; start < starts; start += 1) {
  for (const cache of [empty, ...sizes.map(cacheOf)])
    seen.set(cache, [...(seen.get(cache) ?? []), await startOn(cache)]);
}
const startsOf = (cache: string): readonly Used[] => seen.get(cache) ?? [];
const openMs = (cache: string): number =>
  portion(
    startsOf(cache).map((start) => start.openMs),
    0.5,
  );

const series = seriesOf(filled.map((size) => ({ ...size, starts: startsOf(cacheOf(size.forms)) })));
for (const { name, points } of series) {
  console.log(`${name}: ${points.map(({ forms, ms }) => `${ms.toFixed(2)} ms with ${forms}`).join(', ')}`);
}
const opening = { forms: most, ms: openMs(cacheOf(most)), emptyMs: openMs(empty) };
console.log(
  `(e) opening to the first list: ${opening.ms.toFixed(1)} ms with ${most} forms, ${opening.emptyMs.toFixed(1)} ms empty: ` +
    `${(opening.ms / opening.emptyMs).toFixed(2)} times`,
);
const verdicts = judgeGrowth(series);
keepResult(
  'sync-growth.json',
  `${JSON.stringify({ machine: machine(), filled, series, opening, verdicts }, null, 2)}\n`,
);
keepResult('sync-growth.svg', growthPlot(series, `Sync and cache with up to ${most.toLocaleString('en')} forms`));
process.exitCode = sayVerdicts(verdicts) ? 0 : 1;
