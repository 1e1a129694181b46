import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readChangesFrame } from '../../contract/changes-frame.ts';
import { type Change, change } from '../../contract/sync.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { changeOf, createHandClock } from './changes.fixture.ts';
import { createChangesToDesks, type DeskSocket } from './changes-to-desks.ts';

const a = '019ab000-0000-7000-8000-00000000000a';
const b = '019ab000-0000-7000-8000-00000000000b';

type Heard =
  | { readonly after: number; readonly upTo: number; readonly changes: readonly Change[]; readonly bytes: Uint8Array }
  | { readonly pull: number };

/** A socket whose other side reads as told. */
const createSocket = (): DeskSocket & { readonly heard: Heard[]; readonly fill: (bytes: number) => void } => {
  const heard: Heard[] = [];
  let buffered = 0;
  return {
    heard,
    fill: (bytes) => {
      buffered = bytes;
    },
    get bufferedAmount() {
      return buffered;
    },
    send: (data: unknown) => {
      if (typeof data === 'string') {
        heard.push({
          pull: z.object({ type: z.literal('forms.changed'), cursor: z.int() }).parse(JSON.parse(data)).cursor,
        });
        return;
      }
      const bytes = z.instanceof(Uint8Array).parse(data);
      const frame = readChangesFrame(bytes);
      if (!frame) throw new Error('not a frame');
      const { after, upTo, gzip } = frame;
      heard.push({ after, upTo, changes: z.array(change).parse(JSON.parse(String(gunzipSync(gzip)))), bytes });
    },
  };
};

const start = (departments: Readonly<Record<string, readonly string[]>> = {}) => {
  const timers = createHandClock();
  const asked: (readonly string[])[] = [];
  const warnings: string[] = [];
  const toDesks = createChangesToDesks({
    from: 10,
    departmentsOf: async (forms) => {
      asked.push(forms);
      return new Map(Object.entries(departments));
    },
    timers,
    warn: (_facts, message) => warnings.push(message),
  });
  return { toDesks, timers, asked, warnings };
};

test('P2 a frame is packed once for all desks of a scope, and begins where they were welcomed', async () => {
  const { toDesks, asked } = start();
  const [one, two] = [createSocket(), createSocket()];
  expect([toDesks.join(one, 'all'), toDesks.join(two, 'all')]).toEqual([10, 10]);
  const changes = [changeOf(11, a), changeOf(12, b)];
  await toDesks.tell({ after: 10, upTo: 12, changes });
  expect(one.heard).toMatchObject([{ after: 10, upTo: 12, changes }]);
  const [first, same] = [one.heard[0], two.heard[0]];
  if (!first || !same || 'pull' in first || 'pull' in same) throw new Error('no frames');
  expect(same.bytes).toBe(first.bytes);
  expect(asked).toEqual([]);
  const late = createSocket();
  expect(toDesks.join(late, 'all')).toBe(12);
});

test('S4 a department gets its own forms as it sees them, one it has handed on too, and an empty frame where it has none', async () => {
  const { toDesks } = start({ [a]: ['billing', 'network'] });
  const [billing, shops, installer] = [createSocket(), createSocket(), createSocket()];
  toDesks.join(billing, 'department:billing');
  toDesks.join(shops, 'department:shops');
  expect(toDesks.join(installer, 'none')).toBe(10);
  const changes = [changeOf(11, a), changeOf(12, b)];
  await toDesks.tell({ after: 10, upTo: 12, changes });
  const seen = changes.slice(0, 1).map(({ cursor, form }) => ({ cursor, form: seenByDepartment(form, 'billing') }));
  expect(billing.heard).toMatchObject([{ after: 10, upTo: 12, changes: seen }]);
  expect(shops.heard).toMatchObject([{ after: 10, upTo: 12, changes: [] }]);
  expect(installer.heard).toEqual([]);
});

test('P2 who is welcomed while a frame is made gets it, of whatever scope', async () => {
  const { toDesks } = start({ [a]: ['billing'] });
  const [one, late, lateDepartment] = [createSocket(), createSocket(), createSocket()];
  toDesks.join(one, 'all');
  const telling = toDesks.tell({ after: 10, upTo: 11, changes: [changeOf(11, a)] });
  expect(toDesks.join(late, 'all')).toBe(10);
  expect(toDesks.join(lateDepartment, 'department:billing')).toBe(10);
  await telling;
  for (const { heard } of [one, late, lateDepartment])
    expect(heard).toMatchObject([{ after: 10, upTo: 11, changes: { length: 1 } }]);
});

test('P2 a desk that does not read is left out, told to pull once it has read, and then goes on in step', async () => {
  const { toDesks, timers } = start();
  const [slow, quick] = [createSocket(), createSocket()];
  toDesks.join(slow, 'all');
  toDesks.join(quick, 'all');
  await toDesks.tell({ after: 10, upTo: 11, changes: [changeOf(11, a)] });
  slow.fill(600 * 1024);
  await toDesks.tell({ after: 11, upTo: 12, changes: [changeOf(12, a)] });
  // Read enough to be sent to, but it has missed a frame: another would not chain.
  slow.fill(300 * 1024);
  await toDesks.tell({ after: 12, upTo: 13, changes: [changeOf(13, a)] });
  await timers.pass(1_000);
  expect(slow.heard).toHaveLength(1);
  slow.fill(0);
  await timers.pass(250);
  expect(slow.heard.slice(1)).toEqual([{ pull: 13 }]);
  await toDesks.tell({ after: 13, upTo: 14, changes: [changeOf(14, a)] });
  expect(slow.heard.slice(2)).toMatchObject([{ after: 13, upTo: 14 }]);
  expect(quick.heard).toMatchObject([11, 12, 13, 14].map((upTo) => ({ after: upTo - 1, upTo })));
  await timers.pass(10_000);
  expect(slow.heard).toHaveLength(3);
});

test('P2 where there is more than a frame holds, desks are told to pull, and frames follow from there', async () => {
  const { toDesks } = start();
  const desk = createSocket();
  toDesks.join(desk, 'all');
  await toDesks.tell({ after: 10, upTo: 700, changes: 'too-many' });
  const heavy = Array.from({ length: 60 }, (_, at) =>
    changeOf(
      701 + at,
      `019ab000-0000-7000-8000-0000000001${at + 10}`,
      randomBytes(20_000).toString('base64').slice(0, 20_000),
    ),
  );
  await toDesks.tell({ after: 700, upTo: 760, changes: heavy.slice(0, 50) });
  await toDesks.tell({ after: 760, upTo: 820, changes: [...heavy, ...heavy] });
  await toDesks.tell({ after: 820, upTo: 821, changes: [changeOf(821, a)] });
  expect(desk.heard).toMatchObject([
    { pull: 700 },
    { after: 700, upTo: 760 },
    { pull: 820 },
    { after: 820, upTo: 821 },
  ]);
});

test('P2 where the records do not answer for one scope, its desks are told to pull, and the others get their frame', async () => {
  const timers = createHandClock();
  const warnings: string[] = [];
  const toDesks = createChangesToDesks({
    from: 10,
    departmentsOf: () => Promise.reject(new Error('the records are away')),
    timers,
    warn: (_facts, message) => warnings.push(message),
  });
  const [agent, billing] = [createSocket(), createSocket()];
  toDesks.join(agent, 'all');
  toDesks.join(billing, 'department:billing');
  await toDesks.tell({ after: 10, upTo: 11, changes: [changeOf(11, a)] });
  expect(agent.heard).toMatchObject([{ after: 10, upTo: 11 }]);
  expect(billing.heard).toEqual([{ pull: 11 }]);
  expect(warnings).toHaveLength(1);
});

test('a desk that has gone is sent nothing', async () => {
  const { toDesks } = start();
  const desk = createSocket();
  toDesks.join(desk, 'all');
  toDesks.leave(desk);
  await toDesks.tell({ after: 10, upTo: 11, changes: [changeOf(11, a)] });
  expect(desk.heard).toEqual([]);
});
