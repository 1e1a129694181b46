import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, runRounds, saidOf } from './run-rounds.ts';

const seed = Number(process.env['ZUOXI_SEED'] ?? 20_261_124);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-chaos-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('P2 kill -9 of desks, server and PostgreSQL while all edit loses nothing acknowledged and doubles nothing', async () => {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const outcome = await runRounds({ seed, rounds: 16, headless: 8, pauseMs: 300, mostMs: 1_000, folder, say });
  console.log(saidOf(outcome));
  expect(outcome.acknowledged).toBeGreaterThan(200);
  expect(faultsOf(outcome).join('\n'), said.slice(-2).join('\n')).toBe('');
});
