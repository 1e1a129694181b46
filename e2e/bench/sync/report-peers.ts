import { megabytes, portion } from '../search/figures.ts';
import type { Seen } from './measure-system.ts';
import type { Verdict } from './verdict.ts';

const formsPerSecond = ({ forms, fillMs }: Seen): number => (forms / fillMs) * 1_000;
const editsPerSecond = ({ edits, pushMs }: Seen): number => (edits / pushMs) * 1_000;
const whole = (value: number): string => Math.round(value).toLocaleString('en');

const columns: readonly (readonly [title: string, of: (seen: Seen) => string])[] = [
  ['', ({ title }) => title],
  ['(a) forms/s', (seen) => whole(formsPerSecond(seen))],
  ['(b) edits/s', (seen) => whole(editsPerSecond(seen))],
  ['(c) memory', ({ memory }) => megabytes(memory.filled)],
  ['before, peak', ({ memory }) => `${megabytes(memory.empty)}, ${megabytes(memory.peak)}`],
  ['(d) median, p95', ({ seenMs }) => `${portion(seenMs, 0.5).toFixed(1)}, ${portion(seenMs, 0.95).toFixed(1)} ms`],
  ['of edits', ({ seenMs }) => String(seenMs.length)],
];

/** A table of Markdown. */
export const peersTable = (all: readonly Seen[]): string => {
  const rows = [columns.map(([title]) => title), ...all.map((seen) => columns.map(([, of]) => of(seen)))];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
};

/** What is wanted of ours, beside PouchDB in the same run. */
export const judgePeers = (own: Seen, pouchdb: Seen): readonly Verdict[] => {
  const fill = formsPerSecond(own) / formsPerSecond(pouchdb);
  const push = editsPerSecond(own) / editsPerSecond(pouchdb);
  const memory = own.memory.filled / pouchdb.memory.filled;
  return [
    { what: `(a) first fill: ${fill.toFixed(1)} times PouchDB's forms/s (wanted: 10)`, passed: fill >= 10 },
    { what: `(b) offline edits: ${push.toFixed(1)} times PouchDB's operations/s (wanted: 10)`, passed: push >= 10 },
    {
      what: `(c) memory after the fill: ${(100 * memory).toFixed(1)} % of PouchDB's (wanted: 33.3 at most)`,
      passed: memory <= 1 / 3,
    },
  ];
};
