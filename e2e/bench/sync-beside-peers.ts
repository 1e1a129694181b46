/**
 * `npm run bench:sync peers`: what an agent waits for, at our desk and server beside PouchDB and TinyBase with theirs. Each
 * client and each server is a process of its own and keeps its data on the disk; all get the same forms, and are measured one
 * after the other. `FORMS` and `EDITS` make it smaller.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formsAtCentre } from './sync/made-forms.ts';
import { measureSystem, type Seen, type System } from './sync/measure-system.ts';
import { bundleDesk } from './sync/ours/bundle-desk.ts';
import { startOnPglite, startOnPostgres } from './sync/ours/start-centre-server.ts';
import { judgePeers, peersTable } from './sync/report-peers.ts';
import { keepResult, machine } from './sync/results.ts';
import { startPouchServer } from './sync/start-pouchdb-server.ts';
import { startTinyBaseServer } from './sync/start-tinybase-server.ts';
import { sayVerdicts } from './sync/verdict.ts';

const amounts = {
  forms: formsAtCentre(Number(process.env['FORMS'] ?? 50_000)),
  edits: Number(process.env['EDITS'] ?? 5_000),
  liveEdits: 200,
  liveForMs: 30_000,
};
const peerClient = (name: string): string => join(import.meta.dirname, `sync/peers/${name}-client.mjs`);
const desk = await bundleDesk();
const ours: System = { title: 'ours, on PostgreSQL', client: desk, start: startOnPostgres };
const pouchdb: System = {
  title: 'PouchDB 9, pouchdb-server 4.2',
  client: peerClient('pouchdb'),
  start: startPouchServer,
};
/** TinyBase writes all it has at each save: with the whole it had not got through its fill after seven minutes. */
const tenth = { ...amounts, forms: amounts.forms.slice(0, amounts.forms.length / 10), edits: amounts.edits / 10 };
const notJudged: readonly (readonly [System, typeof amounts])[] = [
  [{ ...pouchdb, title: 'the same with batches of 1,000', client: peerClient('pouchdb-large-batches') }, amounts],
  [{ title: 'TinyBase 10, a tenth of the data', client: peerClient('tinybase'), start: startTinyBaseServer }, tenth],
  [{ title: 'ours, on PGlite', client: desk, start: startOnPglite }, amounts],
];

const folder = mkdtempSync(join(tmpdir(), 'zuoxi-sync-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const measured = (system: System, all = amounts): Promise<Seen> =>
  measureSystem(system, all, mkdtempSync(join(folder, 'system-')));
const own = await measured(ours);
const peer = await measured(pouchdb);
const others: Seen[] = [];
for (const [system, all] of notJudged) others.push(await measured(system, all));

const all = [own, peer, ...others];
console.log(`\n${peersTable(all)}\n`);
const verdicts = judgePeers(own, peer);
keepResult('sync-peers.json', `${JSON.stringify({ machine: machine(), systems: all, verdicts }, null, 2)}\n`);
process.exitCode = sayVerdicts(verdicts) ? 0 : 1;
