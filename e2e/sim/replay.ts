import { parseArgs } from 'node:util';
import { planted } from './planted.ts';
import { replay } from './tell.ts';

/** `node e2e/sim/replay.ts --seed N [--planted FAULT]`: what happens under a seed, event by event. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, planted: { type: 'string' } } });
const seed = Number(values.seed);
if (values.seed === undefined || !Number.isSafeInteger(seed)) throw new Error('which seed? --seed N');
const fault = planted.find((one) => one === values.planted);
if (values.planted !== undefined && !fault) throw new Error(`--planted is one of ${planted.join(', ')}`);

const world = await replay({ seed, planted: fault, trace: (line) => console.info(line) });
console.info(world.broken === undefined ? `seed ${seed}: nothing is broken` : `seed ${seed}: BROKEN: ${world.broken}`);
process.exitCode = world.broken === undefined ? 0 : 1;
