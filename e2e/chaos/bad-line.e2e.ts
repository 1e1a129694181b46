import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededChoice } from '../../domain/forms/procedure/testing/seeded-choice.ts';
import { bringToRest } from './bring-to-rest.ts';
import type { HeadlessDesk } from './desk-process.ts';
import { judgeRecords } from './judge-records.ts';
import { goodLine, type LineInNamespace, layLineInNamespace, type Weather } from './line-in-namespace.ts';
import { type Hotline, openHotline } from './open-hotline.ts';
import { readCentre } from './read-centre.ts';

const seed = Number(process.env['ZUOXI_SEED'] ?? 20_261_124);
const turns = 9;

/** What the line goes through, in an order by the seed. */
const weathers: readonly Weather[] = [
  { ...goodLine, name: '20 % lost, 200 ± 100 ms, reordered', loss: 0.2, delayMs: 200, jitterMs: 100, reorder: 0.25 },
  { ...goodLine, name: '5 % lost, 5 % doubled, 60 ± 50 ms', loss: 0.05, double: 0.05, delayMs: 60, jitterMs: 50 },
  { ...goodLine, name: 'every packet swallowed', loss: 1 },
  { ...goodLine, name: 'no carrier at the desks', down: 'far' },
  { ...goodLine, name: 'no carrier at the server', down: 'near' },
  { ...goodLine, name: '64 kbit/s by tc', kilobitsPerSecond: 64 },
];

let folder = '';
let line: LineInNamespace | undefined;
let hotline: Hotline | undefined;
const desks: HeadlessDesk[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-line-'));
});
afterAll(async () => {
  await Promise.all(desks.map((desk) => desk.kill()));
  await hotline?.close();
  await line?.close();
  await rm(folder, { recursive: true, force: true });
});

test('P2 a line that loses, delays, reorders, doubles, swallows and breaks loses no edit and doubles none', async () => {
  const choice = seededChoice(seed);
  const laid = await layLineInNamespace(seed);
  line = laid;
  const opened = await openHotline({ folder, staff: 6, bindAddress: laid.address });
  hotline = opened;
  for (const staffNumber of opened.staffNumbers) {
    const desk = opened.headlessDesk(staffNumber, { pauseMs: 400, within: laid.within });
    desks.push(desk);
    desk.start(choice.below(2 ** 31));
    await desk.signedIn();
  }
  const said: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const weather = choice.chance(15) ? goodLine : choice.pick(weathers);
    const ms = 1_500 + choice.below(3_000);
    said.push(`${weather.name} for ${ms} ms`);
    await laid.turn(weather);
    await sleep(ms);
  }
  await laid.turn(goodLine);
  const reports = await bringToRest(desks, (words) => said.push(words));
  const told = desks.flatMap((desk) => desk.acknowledged());
  await Promise.all(desks.map((desk) => desk.leave()));
  const repeated = await repeatedAt(opened.server.url);
  const packets = await laid.close();
  line = undefined;
  const verdict = judgeRecords(await readCentre(opened.records.url, opened.server.dataDir), reports, told);
  console.log(
    `seed ${seed}: ${turns} turns of a bad line, ${packets.carried} packets carried, ${packets.lost} lost, ` +
      `${packets.overtook} overtook, ${packets.doubled} doubled: ${verdict.acknowledged} operations acknowledged, ` +
      `${repeated} sent again, ${verdict.inRecords} in the records (${verdict.rejected} rejected, each with its card), ` +
      `${verdict.lost.length} lost, ${verdict.doubled.length} doubled`,
  );
  expect(verdict.acknowledged).toBeGreaterThan(100);
  // The line was as bad as it was told to be.
  expect(Math.min(packets.lost, packets.overtook, packets.doubled)).toBeGreaterThan(0);
  expect(verdict, said.join('\n')).toMatchObject({ lost: [], doubled: [], broken: [] });
  expect(desks.flatMap((desk) => desk.falls())).toEqual([]);
});

/** Operations that the centre has been sent once more than it took them: their answers were lost. */
const repeatedAt = async (url: string): Promise<number> => {
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  return Number(/^zuoxi_sync_operations_total\{outcome="repeated"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
};
