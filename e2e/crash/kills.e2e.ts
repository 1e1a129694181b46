import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formAtDesk, noteAtDesk } from '../desk/ask-bridge.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { signIn, waitForEmptyOutbox } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { readRecords } from '../stage/read-records.ts';

const seed = Number(process.env['ZUOXI_SEED'] ?? 20_261_124);
const kills = 10;

let folder = '';
let centre: Centre;
let desk: Desk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-kills-'));
  centre = await startCentre({ dataDir: join(folder, 'centre') });
  desk = await openDesk();
});

afterAll(async () => {
  await desk?.close();
  await centre?.stop();
  await rm(folder, { recursive: true, force: true });
});

const openDesk = async (): Promise<Desk> => {
  const opened = await launchDesk({ serverUrl: centre.url, userDataDir: join(folder, 'desk') });
  await signIn(opened, '1001', 'zuoxi-1001');
  return opened;
};

test('P2 ten kills -9 of desk and server lose no acknowledged edit and apply none twice', async () => {
  const moments = fc.sample(
    fc.record({ victim: fc.constantFrom('desk', 'server'), afterMs: fc.integer({ min: 50, max: 1_500 }) }),
    {
      seed,
      numRuns: kills,
    },
  );
  const form = await formAtDesk(desk);
  const acknowledged: string[] = [];
  let made = 0;
  for (const { victim, afterMs } of moments) {
    let alive = true;
    const editing = (async () => {
      while (alive) {
        made += 1;
        const text = `edit ${made}`;
        if (await noteAtDesk(desk, form, text).catch(() => false)) acknowledged.push(text);
        else return;
      }
    })();
    await sleep(afterMs);
    if (victim === 'desk') {
      await desk.kill();
      alive = false;
      await editing;
      desk = await openDesk();
    } else {
      await centre.kill();
      await sleep(300);
      alive = false;
      await editing;
      await centre.startAgain();
    }
  }
  await waitForEmptyOutbox(desk);
  await desk.close();
  await centre.stop();

  const { forms, operations } = await readRecords(centre.dataDir);
  const texts = forms.find(({ id }) => id === form)?.notes.map(({ text }) => text) ?? [];
  const missing = acknowledged.filter((text) => !texts.includes(text));
  const doubled = texts.filter((text, index) => texts.indexOf(text) !== index);
  const names = operations.map(({ device, seq }) => `${device} ${seq}`);
  console.log(
    `seed ${seed}: ${kills} kills, ${acknowledged.length} edits acknowledged, ${texts.length} in the records, ` +
      `${missing.length} missing, ${doubled.length} doubled, ${operations.length} operations`,
  );
  expect(acknowledged.length).toBeGreaterThan(kills);
  expect(missing).toEqual([]);
  expect(doubled).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
