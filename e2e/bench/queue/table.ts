import { usualRules } from '../../../domain/routing/pair-up.ts';
import { erlangC } from './erlang-c.ts';
import { type Figures, figuresOf, meanOf } from './figures.ts';
import { hourMs, hourOf, meanHandlingMs } from './hour.ts';
import { passedOver } from './passed-over.ts';
import { plainFifo, type Routing, simulateHour, smartQueue } from './simulate-hour.ts';

/** The hour shown on its own, chosen before anything was simulated. */
export const knownSeed = 1;
export const seeds: readonly number[] = Array.from({ length: 50 }, (_, index) => index + 1);

const { headStartSeconds, familiarSeconds, sameSeatSeconds } = usualRules;
/** What a priority, a familiar agent and a seat that did not answer (20 s of ringing) can cost together. */
export const graceMs = (Math.max(...Object.values(headStartSeconds)) + familiarSeconds + sameSeatSeconds + 20) * 1000;

export interface Compared {
  readonly known: Figures;
  readonly all: readonly Figures[];
  readonly passedOver: number;
}

export const compare = (routing: Routing): Compared => {
  const hours = seeds.map((seed) => {
    const hour = hourOf(seed);
    const answered = simulateHour(hour, routing);
    return { seed, figures: figuresOf(answered), passedOver: passedOver(answered, hour.seats, graceMs) };
  });
  const known = hours.find(({ seed }) => seed === knownSeed);
  if (!known) throw new Error('the known hour is not among the hours');
  return {
    known: known.figures,
    all: hours.map(({ figures }) => figures),
    passedOver: hours.reduce((sum, hour) => sum + hour.passedOver, 0),
  };
};

const seconds = (value: number): string => `${value.toFixed(1)} s`;
const share = (value: number): string => `${(value * 100).toFixed(1)} %`;

const rows: readonly (readonly [string, keyof Figures, (value: number) => string])[] = [
  ['callers answered', 'answered', (value) => value.toFixed(0)],
  ['mean wait', 'meanWaitSeconds', seconds],
  ['longest wait', 'longestWaitSeconds', seconds],
  ['answered in 20 s', 'answeredIn20s', share],
  ['longest wait in English', 'longestEnglishSeconds', seconds],
  ['longest wait of a key account', 'longestKeyAccountSeconds', seconds],
  ['known callers to their agent', 'toFamiliarAgent', share],
];

const line = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(32) : cell.padStart(14))).join('');

/** 200 callers an hour, 20 seats: both ways of routing side by side, and what Erlang C says of 20 equal seats. */
export const writeTable = (): string => {
  const fifo = compare(plainFifo);
  const smart = compare(smartQueue);
  const erlang = erlangC((200 * meanHandlingMs) / hourMs, 20, meanHandlingMs / 1000);
  const longer = seeds.filter(
    (_, index) => (smart.all[index]?.longestWaitSeconds ?? 0) > (fifo.all[index]?.longestWaitSeconds ?? 0),
  );
  return [
    `200 callers in an hour, 20 seats, 5 minutes each; hour of seed ${knownSeed}, and the mean of ${seeds.length} hours`,
    line(['', 'FIFO', 'smart queue', `FIFO, mean`, 'smart, mean']),
    ...rows.map(([label, name, format]) =>
      line([
        label,
        format(fifo.known[name]),
        format(smart.known[name]),
        format(meanOf(fifo.all, name)),
        format(meanOf(smart.all, name)),
      ]),
    ),
    line(['passed over beyond the bound', '', '', String(fifo.passedOver), String(smart.passedOver)]),
    `The smart queue's longest wait was the longer one in ${longer.length} of ${seeds.length} hours.`,
    `Erlang C, 20 equal seats, no ringing: mean wait ${seconds(erlang.meanWaitSeconds)}, in 20 s ${share(erlang.answeredWithin(20))}, waits at all ${share(erlang.waits)}.`,
  ].join('\n');
};
