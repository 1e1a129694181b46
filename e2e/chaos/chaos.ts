import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultsOf, runRounds, saidOf } from './run-rounds.ts';

/**
 * `npm run chaos`: 200 rounds of kill -9 while 20 headless desks and one in Electron edit; `--seed`, `--rounds` and
 * `--desks` say otherwise. Ends with 1 where a promise was broken, and leaves the folder for whoever looks into it.
 */
const { values: given } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    rounds: { type: 'string', default: '200' },
    desks: { type: 'string', default: '20' },
  },
});
const folder = await mkdtemp(join(tmpdir(), 'zuoxi-chaos-'));
const outcome = await runRounds({
  ...{ seed: Number(given.seed), rounds: Number(given.rounds), headless: Number(given.desks) },
  ...{ pauseMs: 800, mostMs: 1_500, folder, say: console.log },
});
const faults = faultsOf(outcome);
for (const fault of faults.slice(0, 50)) console.error(fault);
console.log(saidOf(outcome));
if (faults.length === 0) await rm(folder, { recursive: true, force: true });
else console.error(`${faults.length} faults; seed ${outcome.seed}, everything is left in ${folder}`);
process.exit(faults.length === 0 ? 0 : 1);
