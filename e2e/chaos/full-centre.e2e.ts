import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitUntil } from '../stage/wait-until.ts';
import { bringToRest } from './bring-to-rest.ts';
import type { HeadlessDesk } from './desk-process.ts';
import { judgeRecords } from './judge-records.ts';
import { type Hotline, openHotline } from './open-hotline.ts';
import { readCentre } from './read-centre.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

let folder = '';
const disks: SmallDisk[] = [];
const desks: HeadlessDesk[] = [];
let hotline: Hotline | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-full-'));
});
afterAll(async () => {
  await Promise.all(desks.map((desk) => desk.kill()));
  await hotline?.close();
  for (const disk of disks) disk.remove();
  await rm(folder, { recursive: true, force: true });
});

test('P2 with the disks of server and PostgreSQL full, desks keep everything, and it arrives once there is room', async () => {
  const records = mountSmallDisk({ mebibytes: 80 });
  const files = mountSmallDisk({ mebibytes: 4 });
  disks.push(records, files);
  const opened = await openHotline({
    ...{
      folder,
      staff: 5,
      postgresFolder: join(records.folder, 'postgres'),
      serverFolder: join(files.folder, 'centre'),
    },
    walSegmentMebibytes: 1,
    postgresSettings: { max_wal_size: '4MB', min_wal_size: '2MB' },
  });
  hotline = opened;
  const [, ...numbers] = opened.staffNumbers;
  for (const staffNumber of numbers) {
    const desk = opened.headlessDesk(staffNumber, { pauseMs: 150 });
    desks.push(desk);
    desk.start(Number(staffNumber));
    await desk.signedIn();
  }
  await sleep(1_500);
  for (const disk of disks) disk.fill();
  const filledAt = Date.now();
  await waitUntil(
    'no desk is online any more',
    async () => {
      const reports = await Promise.all(desks.map((desk) => desk.report()));
      return reports.every((report) => report?.link === 'offline' && report.pending > 2);
    },
    60_000,
  );
  const health = await fetch(new URL('/health', opened.server.url));
  console.log(
    `desks offline ${Date.now() - filledAt} ms after the disks were full, health ${health.status}, PostgreSQL ${opened.records.isRunning() ? 'runs' : 'has ended'}`,
  );
  await sleep(3_000);
  expect(opened.server.isRunning()).toBe(true);
  expect(desks.flatMap((desk) => desk.falls())).toEqual([]);

  for (const disk of disks) disk.makeRoom();
  // PostgreSQL ends itself where it cannot write its log; whoever runs it starts it again.
  if (!opened.records.isRunning()) await opened.records.start();
  const reports = await bringToRest(desks, console.log);
  const told = desks.flatMap((desk) => desk.acknowledged());
  const verdict = judgeRecords(await readCentre(opened.records.url, opened.server.dataDir), reports, told);
  console.log(
    `the centre's disks full: ${verdict.acknowledged} acknowledged, ${verdict.inRecords} in the records, ` +
      `${verdict.lost.length} lost, ${verdict.doubled.length} doubled`,
  );
  expect(verdict).toMatchObject({ lost: [], doubled: [], broken: [] });
  expect(desks.flatMap((desk) => desk.falls())).toEqual([]);
  expect(opened.server.isRunning()).toBe(true);
});
