import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededChoice } from '../../domain/forms/procedure/testing/seeded-choice.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { bringToRest } from './bring-to-rest.ts';
import type { HeadlessDesk } from './desk-process.ts';
import { judgeRecords } from './judge-records.ts';
import { type Hotline, openHotline } from './open-hotline.ts';
import { readCentre } from './read-centre.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

const seed = Number(process.env['ZUOXI_SEED'] ?? 20_261_124);
/** So often the disk is full once more, at whatever the desk is doing then. */
const turns = 8;

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

test('P2 a desk whose disk is full refuses in words, loses nothing, and goes on by itself once there is room', async () => {
  const opened = await openHotline({ folder, staff: 4 });
  hotline = opened;
  // Twice the most that SQLite keeps in its log.
  const disk = mountSmallDisk({ mebibytes: 32 });
  disks.push(disk);
  const [, cramped = '', roomy = '', late = ''] = opened.staffNumbers;
  const small = opened.headlessDesk(cramped, { pauseMs: 60, folder: disk.folder });
  const other = opened.headlessDesk(roomy, { pauseMs: 200 });
  desks.push(small, other);
  for (const desk of desks) {
    desk.start(1);
    await desk.signedIn();
  }
  await sleep(2_000);
  disk.fill();
  const full = await waitUntil('edits are refused for want of room', async () => {
    const report = await small.report();
    return report && report.diskFull > 3 && report.trouble === 'disk-full' && report;
  });
  expect(full.link).not.toBe('online');
  const before = small.acknowledged().length;

  disk.makeRoom();
  await waitUntil(
    'the desk goes on by itself',
    async () => {
      const report = await small.report();
      return report?.link === 'online' && report.trouble === null && small.acknowledged().length > before + 10;
    },
    60_000,
  );

  const choice = seededChoice(seed);
  for (let turn = 0; turn < turns; turn += 1) {
    disk.fill();
    await sleep(100 + choice.below(900));
    disk.makeRoom();
    await sleep(100 + choice.below(900));
  }
  disk.fill();
  await sleep(1_000);
  await small.kill();
  small.start(2);
  const newcomer = opened.headlessDesk(late, { pauseMs: 200, folder: disk.folder });
  desks.push(newcomer);
  newcomer.start(3);
  const isRefused = () => newcomer.words().includes('not signed in: disk-full');
  await waitUntil('who signs in for the first time is told of the full disk', isRefused);
  await sleep(1_000);
  disk.makeRoom();
  await Promise.all([small.signedIn(), newcomer.signedIn()]);

  const reports = await bringToRest(desks, console.log);
  const told = desks.flatMap((desk) => desk.acknowledged());
  const verdict = judgeRecords(await readCentre(opened.records.url, opened.server.dataDir), reports, told);
  console.log(
    `a desk's disk full: ${verdict.acknowledged} acknowledged, ${verdict.inRecords} in the records, ${verdict.lost.length} lost, ${verdict.doubled.length} doubled`,
  );
  expect(verdict).toMatchObject({ lost: [], doubled: [], broken: [] });
  expect(desks.flatMap((desk) => desk.falls())).toEqual([]);
});
