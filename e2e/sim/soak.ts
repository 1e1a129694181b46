import { parseArgs } from 'node:util';
import { runOnThreads } from './run-on-threads.ts';
import { replay, summaryOf, tableOf } from './tell.ts';

/** `npm run soak -- [--seeds 1000000] [--from 1] [--threads 2]` */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
  },
});
const tellMs = 10_000;

const begun = performance.now();
let toldAt = begun;
const done = await runOnThreads({
  from: Number(values.from),
  count: Number(values.seeds),
  threads: Number(values.threads),
  onProgress: (sum) => {
    if (performance.now() - toldAt < tellMs) return;
    toldAt = performance.now();
    console.info(summaryOf(sum, toldAt - begun));
  },
});
console.info(tableOf(done.counts));
console.info(summaryOf(done, performance.now() - begun));
for (const { seed, what } of done.broken) console.error(`BROKEN: seed ${seed}: ${what}`);
const [first] = done.broken;
if (first) {
  await replay({ seed: first.seed, trace: (line) => console.error(line) });
  console.error(`\nnode e2e/sim/replay.ts --seed ${first.seed}`);
  process.exitCode = 1;
}
