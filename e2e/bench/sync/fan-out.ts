/**
 * `node e2e/bench/sync/fan-out.ts [--desks 2000] [--edits 100] [--seconds 60]`: that many desks at one server on
 * PostgreSQL, edits a second pushed by some of them, and how long from the answer to an edit until each desk has it. A
 * line of JSON at the end; ends with 1 where anything was lost.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPostgres } from '../../../server/records/open-records.ts';
import { headCursor } from '../../../server/sync/pull.ts';
import { startPostgresProcess } from '../../chaos/postgres-process.ts';
import { startCentre } from '../../stage/centre.ts';
import { cpuOf } from './fan-out/cpu-of.ts';
import { prepareDesks } from './fan-out/prepare-desks.ts';
import { type Asked, type Told, told } from './fan-out/words.ts';

const { values } = parseArgs({
  options: {
    desks: { type: 'string', default: '2000' },
    edits: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
  },
});
const desks = Number(values.desks);
const editsPerSecond = Number(values.edits);
const seconds = Number(values.seconds);
const processes = 2;
const editing = 50;
/** Long enough for every desk to have said its ping and answered a heartbeat. */
const quietSeconds = 15;
const kinds = { server: 'server/main.ts', postgres: 'postgres', desks: 'fan-out/desks.ts' } as const;

const say = (line: string): void => console.log(line);

interface Crowd {
  readonly ask: <Kind extends Told['tell']>(asked: Asked, answer: Kind) => Promise<Extract<Told, { tell: Kind }>>;
  readonly end: () => void;
}

const isOf = <Kind extends Told['tell']>(heard: Told, kind: Kind): heard is Extract<Told, { tell: Kind }> =>
  heard.tell === kind;

const startCrowd = (): Crowd => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'fan-out/desks.ts'), { serialization: 'advanced' });
  return {
    ask: (asked, answer) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`the desks ended before they were ${answer}`));
        child.once('exit', gone);
        child.once('message', (message) => {
          child.off('exit', gone);
          const heard = told.parse(message);
          if (isOf(heard, answer)) resolve(heard);
          else reject(new Error(`${heard.tell} where ${answer} was expected`));
        });
        child.send(asked);
      }),
    end: () => void child.kill(),
  };
};

/** Share of one core over some time. */
const sharesOver = async <Value>(work: () => Promise<Value>) => {
  const before = cpuOf(Object.values(kinds));
  const startedAt = performance.now();
  const value = await work();
  const passed = (performance.now() - startedAt) / 1_000;
  const after = cpuOf(Object.values(kinds));
  const share = (kind: string) => Number((((after[kind] ?? 0) - (before[kind] ?? 0)) / passed).toFixed(2));
  const cpu = { server: share(kinds.server), postgres: share(kinds.postgres), desks: share(kinds.desks) };
  return { value, cpu };
};

const total = <One>(all: readonly One[], of: (one: One) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0);

const quantileOf = (tookMs: readonly number[], part: number): number => {
  const all = total(tookMs, (count) => count);
  let seen = 0;
  return tookMs.findIndex((count) => {
    seen += count;
    return seen >= all * part;
  });
};

const folder = await mkdtemp(join(tmpdir(), 'zuoxi-fan-out-'));
await chmod(folder, 0o711);
const records = await startPostgresProcess({ databaseDir: join(folder, 'postgres') });
const crowds: Crowd[] = [];
let isWhole = false;
let server: Awaited<ReturnType<typeof startCentre>> | undefined;
try {
  const dataDir = join(folder, 'centre');
  const formsEach = Math.ceil((editsPerSecond * seconds) / editing / 2);
  say(`${desks} desks, ${editing} of which edit ${formsEach} forms each: made in the records`);
  const made = await prepareDesks({ databaseUrl: records.url, dataDir, desks, editing, formsEach });
  server = await startCentre({
    dataDir,
    environment: { DATABASE_URL: records.url, ZUOXI_DEMO: '0', ZUOXI_TRUSTED_PROXIES: '127.0.0.1' },
  });
  const { url } = server;
  for (let count = 0; count < processes; count += 1) crowds.push(startCrowd());
  const startedAt = performance.now();
  await Promise.all(
    crowds.map((crowd, at) =>
      crowd.ask({ ask: 'connect', url, desks: made.filter((_, index) => index % processes === at) }, 'connected'),
    ),
  );
  const connectMs = Math.round(performance.now() - startedAt);
  say(`all said hello within ${(connectMs / 1_000).toFixed(1)} s`);
  const quiet = await sharesOver(() => pause(quietSeconds * 1_000));
  say(`nobody edits: share of a core: server ${quiet.cpu.server}, PostgreSQL ${quiet.cpu.postgres}`);

  const rate = editsPerSecond / processes;
  const { value: edited, cpu } = await sharesOver(() =>
    Promise.all(crowds.map((crowd) => crowd.ask({ ask: 'edit', editsPerSecond: rate, seconds }, 'edited'))),
  );
  const look = await openPostgres(records.url, 1);
  const end = await headCursor(look.db);
  const places = new Map(
    (await look.db.selectFrom('changes').select(['operation', 'cursor']).execute()).map((one) => [
      one.operation,
      one.cursor,
    ]),
  );
  await look.close();
  const acknowledged = edited.flatMap((one) => one.acknowledged);
  const edits = acknowledged
    .flatMap(({ operation, at }) => {
      const cursor = places.get(operation);
      return cursor === undefined ? [] : [{ cursor, at }];
    })
    .toSorted((a, b) => a.cursor - b.cursor);
  const settled = await Promise.all(crowds.map((crowd) => crowd.ask({ ask: 'settle', end, edits }, 'settled')));
  const sum = (of: (one: (typeof settled)[number]) => number): number => total(settled, of);
  const tookMs = settled[0]?.tookMs.map((_, ms) => sum((one) => one.tookMs[ms] ?? 0)) ?? [];
  const delivered = total(tookMs, (count) => count);
  const toldToPull = sum((one) => one.toldToPull);
  const result = {
    bench: 'fan-out',
    ...{
      desks,
      seconds,
      edits: acknowledged.length,
      refused: total(edited, ({ refused }) => refused),
      late: total(edited, ({ late }) => late),
    },
    editsPerSecond: Number((acknowledged.length / seconds).toFixed(1)),
    ackToDeskMs: {
      ...{ p50: quantileOf(tookMs, 0.5), p95: quantileOf(tookMs, 0.95), p99: quantileOf(tookMs, 0.99) },
      longest: tookMs.findLastIndex((count) => count > 0),
    },
    delivered,
    lost: acknowledged.length * desks - delivered,
    ...{ notRecorded: acknowledged.length - edits.length, behind: sum((one) => one.behind) },
    ...{ broken: sum((one) => one.broken), lostDesks: sum((one) => one.lostDesks), toldToPull },
    ...{
      frames: sum((one) => one.frames),
      bytesAFrame: Math.round(sum((one) => one.frameBytes) / sum((one) => one.frames)),
    },
    ...{ cpu, cpuWhileQuiet: quiet.cpu, helloMs: connectMs },
  };
  say(JSON.stringify(result));
  const { lost, refused, notRecorded, behind, broken, lostDesks } = result;
  isWhole = lost + refused + notRecorded + behind + broken + lostDesks === 0;
} finally {
  for (const crowd of crowds) crowd.end();
  await server?.stop();
  await records.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(isWhole ? 0 : 1);
