import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitUntil } from '../stage/wait-until.ts';
import { bringToRest } from './bring-to-rest.ts';
import type { HeadlessDesk } from './desk-process.ts';
import { createElectronDesk, type ElectronDesk } from './electron-desk.ts';
import { password } from './hotline-staff.ts';
import { judgeRecords } from './judge-records.ts';
import { type Hotline, openHotline } from './open-hotline.ts';
import { readCentre } from './read-centre.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

let folder = '';
let disk: SmallDisk | undefined;
let hotline: Hotline | undefined;
let desk: ElectronDesk | undefined;
let other: HeadlessDesk | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-full-'));
});
afterAll(async () => {
  await desk?.kill();
  await other?.kill();
  await hotline?.close();
  disk?.remove();
  await rm(folder, { recursive: true, force: true });
});

test('P2 the real desk on a full disk refuses edits in words, and goes on by itself once there is room', async () => {
  const opened = await openHotline({ folder, staff: 2 });
  hotline = opened;
  const small = mountSmallDisk({ mebibytes: 96 });
  disk = small;
  const [staffNumber = '', others = ''] = opened.staffNumbers;
  const window = createElectronDesk({
    ...{ serverUrl: opened.server.url, userDataDir: small.folder, staffNumber, password, pauseMs: 60 },
  });
  desk = window;
  await window.start(1);
  const colleague = opened.headlessDesk(others, { pauseMs: 200 });
  other = colleague;
  colleague.start(2);
  await colleague.signedIn();
  await sleep(1_500);
  small.fill();
  await waitUntil('edits are refused for want of room', async () => {
    const report = await window.report();
    return report.diskFull > 3 && report.trouble === 'disk-full';
  });
  const before = window.acknowledged().length;
  small.makeRoom();
  const goesOn = async () => {
    const report = await window.report();
    return report.link === 'online' && report.trouble === null && window.acknowledged().length > before + 10;
  };
  await waitUntil('the desk goes on by itself', goesOn, 60_000);

  small.fill();
  await sleep(500);
  await window.kill();
  small.makeRoom();
  await window.start(3);
  const desks = [window, colleague];
  const reports = await bringToRest(desks, () => undefined);
  const told = desks.flatMap((one) => one.acknowledged());
  const verdict = judgeRecords(await readCentre(opened.records.url, opened.server.dataDir), reports, told);
  console.log(
    `the real desk's disk full: ${verdict.acknowledged} acknowledged, ${verdict.inRecords} in the records, ` +
      `${verdict.lost.length} lost, ${verdict.doubled.length} doubled`,
  );
  expect(verdict).toMatchObject({ lost: [], doubled: [], broken: [] });
  expect(colleague.falls()).toEqual([]);
});
