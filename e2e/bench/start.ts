/**
 * `npm run bench:start`: how much longer our desk takes to a log-in screen one can type in than the
 * same Electron takes to an empty page. The two are measured in turn, so that a noisy machine is
 * noisy for both; only their ratio says something.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { electronPath } from '../../scripts/electron-path.mjs';

const runs = 7;
const target = 1.5;
const root = join(import.meta.dirname, '../..');

interface Contender {
  readonly name: string;
  readonly folder: string;
  readonly url: RegExp;
  readonly usable: (page: Page) => Promise<unknown>;
}

const empty: Contender = {
  name: 'empty page',
  folder: join(import.meta.dirname, 'empty-page'),
  url: /^about:blank$/,
  usable: (page) => page.waitForLoadState('load'),
};

const desk: Contender = {
  name: 'log-in screen',
  folder: root,
  url: /desk\.html/,
  // The script has run: the cursor stands in the first field, and what is typed and sent is taken.
  usable: async (page) => {
    await page.getByTestId('login-staff-number').waitFor({ state: 'visible' });
    await page.waitForFunction(() => document.activeElement?.id === 'login-staff-number', null, { polling: 5 });
  },
};

/** Milliseconds from the start of the program, with a profile of its own, to a usable page. */
const startMs = async ({ folder, url, usable }: Contender): Promise<number> => {
  const profile = await mkdtemp(join(tmpdir(), 'zuoxi-bench-'));
  const startedAt = performance.now();
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [folder, '--no-sandbox', `--user-data-dir=${profile}`],
  });
  try {
    const isIt = (page: Page): boolean => url.test(page.url());
    const page = app.windows().find(isIt) ?? (await app.waitForEvent('window', isIt));
    await usable(page);
    return performance.now() - startedAt;
  } finally {
    await app.close();
    await rm(profile, { recursive: true, force: true });
  }
};

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

// The first start of each reads files from the disk: not counted.
await startMs(empty);
await startMs(desk);

const emptyMs: number[] = [];
const deskMs: number[] = [];
for (let run = 1; run <= runs; run += 1) {
  emptyMs.push(await startMs(empty));
  deskMs.push(await startMs(desk));
  console.log(
    `run ${run}: ${empty.name} ${emptyMs.at(-1)?.toFixed(0)} ms, ${desk.name} ${deskMs.at(-1)?.toFixed(0)} ms`,
  );
}

const ratio = medianOf(deskMs) / medianOf(emptyMs);
console.log(`median: ${empty.name} ${medianOf(emptyMs).toFixed(0)} ms, ${desk.name} ${medianOf(deskMs).toFixed(0)} ms`);
console.log(`ratio ${ratio.toFixed(2)} (wanted: at most ${target}) – ${ratio <= target ? 'reached' : 'not reached'}`);
