import { rmSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { formsAtCentre } from '/tmp/wt/bench/e2e/bench/sync/made-forms.ts';
import { change } from './contract/sync.ts';
import { openDatabase } from './electron/cache/database.ts';
import { migrate } from './electron/cache/migrate.ts';
import { migrations } from './electron/cache/migrations.ts';
import { deskStoreOf } from './electron/cache/store/sqlite-desk-store.ts';
import { beginFill, takeLot } from './electron/cache/store/take-changes.ts';

const N = 20000;
const forms: any[] = formsAtCentre(N) as any;
const lines = forms.map((form, i) => JSON.stringify({ cursor: N - i, form }));
const bytes = lines.join('\n');
console.log('bytes per form', bytes.length / N, Buffer.byteLength(bytes) / N);
const time = (name: string, f: () => any) => {
  const c = process.cpuUsage();
  const r = f();
  const u = process.cpuUsage(c);
  const us = u.user + u.system;
  console.log(name, (us / N).toFixed(1), 'us/form cpu');
  return r;
};
const gz = time('gzip1', () => gzipSync(bytes, { level: 1 }));
console.log('ratio', gz.length / Buffer.byteLength(bytes));
time('gunzip', () => gunzipSync(gz));
time('gunzip+toString', () => gunzipSync(gz).toString());
const parsed = time('JSON.parse', () => lines.map((l) => JSON.parse(l)));
time('zod', () => parsed.map((p: any) => change.parse(p)));
time('zod2', () => parsed.map((p: any) => change.parse(p)));
time('stringify', () => parsed.map((p: any) => JSON.stringify(p.form)));
rmSync('/tmp/prof.db', { force: true });
rmSync('/tmp/prof.db-wal', { force: true });
const db = openDatabase('/tmp/prof.db');
migrate(db, migrations);
db.write((w) => w.run("INSERT INTO meta (id, device) VALUES (1, '11111111-1111-4111-8111-111111111111')"));
db.write((w) => beginFill(deskStoreOf(w), { syncVersion: 4, scope: 'all', head: N, forms: N, serverTime: 1 }));
time('takeLot', () => {
  for (let i = 0; i < N; i += 200)
    db.write((w) => takeLot(deskStoreOf(w), parsed.slice(i, i + 200), { roles: ['junior-agent'] }));
});

const rowsSql = 'INSERT INTO forms (key, id, number, status, kind, changed_at, form) VALUES (?,?,?,?,?,?,?)';
for (const idx of [0, 1, 2, 4]) {
  rmSync('/tmp/prof2.db', { force: true });
  rmSync('/tmp/prof2.db-wal', { force: true });
  const d = openDatabase('/tmp/prof2.db');
  d.write((w) => {
    w.run(
      'CREATE TABLE forms (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT, status TEXT, kind TEXT, changed_at INTEGER, form TEXT) STRICT',
    );
    for (let i = 0; i < idx; i++) w.run(`CREATE INDEX f${i} ON forms (kind, status, changed_at)`);
  });
  time(`bare insert, text, +${idx} indexes`, () => {
    for (let i = 0; i < N; i += 500)
      d.write((w) => {
        for (let j = i; j < i + 500; j++) {
          const f = parsed[j].form;
          w.run(rowsSql, N - j, f.id, f.number, f.status, f.kind, f.changedAt, lines[j]);
        }
      });
  });
  d.close();
}
