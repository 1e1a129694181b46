import type { Series } from './growth.ts';

const size = { width: 940, height: 520 };
const plot = { left: 84, right: 600, top: 64, bottom: 456 };
const colours = ['#1f5fa8', '#c2410c', '#15803d', '#7c3aed', '#b8860b'];
/** Told apart without colours too. */
const dashes = ['', '8 4', '2 4', '12 4 2 4', '5 3'];
const labelHeight = 20;

const ticksBetween = (least: number, most: number): readonly number[] => {
  const first = Math.floor(Math.log10(least));
  return Array.from({ length: Math.ceil(Math.log10(most)) - first + 1 }, (_, at) => 10 ** (first + at));
};
const duration = (ms: number): string =>
  ms >= 1_000
    ? `${(ms / 1_000).toLocaleString('en')} s`
    : `${ms.toLocaleString('en', { maximumFractionDigits: 3 })} ms`;
const short = (ms: number): string => (ms >= 1_000 ? `${(ms / 1_000).toPrecision(3)} s` : `${ms.toPrecision(3)} ms`);

/** Both axes by their logarithms: what is flat lies flat, what grows as the data goes up by one for one. */
export const growthPlot = (all: readonly Series[], title: string): string => {
  const points = all.flatMap((one) => one.points);
  const forms = [...new Set(points.map((point) => point.forms))].sort((a, b) => a - b);
  const times = ticksBetween(Math.min(...points.map(({ ms }) => ms)), Math.max(...points.map(({ ms }) => ms)));
  const along = (value: number, from: number, to: number): number => Math.log(value / from) / Math.log(to / from);
  const x = (value: number): number =>
    plot.left + 24 + along(value, forms[0] ?? 1, forms.at(-1) ?? 10) * (plot.right - plot.left - 48);
  const y = (value: number): number =>
    plot.bottom - along(value, times[0] ?? 1, times.at(-1) ?? 10) * (plot.bottom - plot.top);

  const grid = times.map(
    (ms) =>
      `<line x1="${plot.left}" x2="${plot.right}" y1="${y(ms)}" y2="${y(ms)}" stroke="#ddd"/>` +
      `<text x="${plot.left - 8}" y="${y(ms) + 5}" text-anchor="end">${duration(ms)}</text>`,
  );
  const columns = forms.map(
    (count) =>
      `<line x1="${x(count)}" x2="${x(count)}" y1="${plot.top}" y2="${plot.bottom}" stroke="#eee"/>` +
      `<text x="${x(count)}" y="${plot.bottom + 22}" text-anchor="middle">${count.toLocaleString('en')}</text>`,
  );
  const lines = all.map((one, at) => {
    const colour = colours[at % colours.length];
    const path = one.points.map(({ forms: count, ms }) => `${x(count).toFixed(1)},${y(ms).toFixed(1)}`).join(' ');
    const dots = one.points.map(
      ({ forms: count, ms }) => `<circle cx="${x(count).toFixed(1)}" cy="${y(ms).toFixed(1)}" r="4" fill="${colour}"/>`,
    );
    const dash = dashes[at % dashes.length];
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2.5"${dash ? ` stroke-dasharray="${dash}"` : ''}/>${dots.join('')}`;
  });
  const ends = all
    .map((one, at) => ({ one, colour: colours[at % colours.length], at: y(one.points.at(-1)?.ms ?? 1) }))
    .sort((a, b) => a.at - b.at);
  let below = plot.top - labelHeight;
  const labels = ends.map(({ one, colour, at }) => {
    below = Math.max(at, below + labelHeight);
    const ms = one.points.at(-1)?.ms ?? Number.NaN;
    return `<text x="${plot.right + 10}" y="${below + 5}" fill="${colour}" font-weight="600">${one.name}: ${short(ms)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="14" fill="#333">`,
    `<title>${title}</title>`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    `<text x="${plot.left}" y="32" font-size="18" font-weight="600">${title}</text>`,
    ...grid,
    ...columns,
    ...lines,
    ...labels,
    `<text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 48}" text-anchor="middle">forms, at the centre and in the cache</text>`,
    '</svg>',
    '',
  ].join('\n');
};
