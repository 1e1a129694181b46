import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { openDatabase } from '../../electron/cache/database.ts';
import { type Desk, launchDesk } from '../desk/launch-desk.ts';
import { signIn } from '../desk/work-desk.ts';
import { type Centre, startCentre } from '../stage/centre.ts';
import { findText } from './find-text.ts';
import { addOtherUser, type OtherUser } from './other-user.ts';

/** A second user of the same machine, who wants to know what an agent has written down. */
const text = '邻居投诉基站辐射 unmistakable complaint';
const caller = '13987654321';
const texts = [text, '邻居投诉', 'unmistakable', caller];

let parent: string;
let profile: string;
let copy: string;
let centre: Centre;
let desk: Desk;
let other: OtherUser;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'zuoxi-second-user-'));
  // What keeps the other out must be the profile's own walls.
  chmodSync(parent, 0o755);
  profile = join(parent, 'profile');
  copy = join(parent, 'copy');
  other = addOtherUser();
  centre = await startCentre({ dataDir: join(parent, 'centre') });
  desk = await launchDesk({ serverUrl: centre.url, userDataDir: profile });
  await signIn(desk, '1001', 'zuoxi-1001');
  // Typed on the screen, so that whatever Chromium keeps of it is kept.
  await desk.deskPage.keyboard.press('Control+N');
  await desk.deskPage.getByTestId('field-callerName').fill('王小明');
  await desk.deskPage.getByTestId('field-contactNumber').fill(caller);
  await desk.deskPage.getByTestId('field-text').fill(text);
  const kept = await desk.deskPage.evaluate(
    async ({ fields, bytes }) => {
      const opened = await window.desk.request('form.open', { kind: 'complaint', fields });
      if (!opened.ok) return opened.error.code;
      const form = opened.value.form.id;
      const file = { form, name: 'scan.txt', mediaType: 'text/plain', bytes: new Uint8Array(bytes) };
      const added = await window.desk.request('attachment.add', file);
      const found = await window.desk.request('form.list', {
        ...{ search: 'unmistakable', status: null, inbox: null, desk: null, part: null, limit: 9, offset: 0 },
      });
      return added.ok ? found.forms.some((one) => one.id === form) : added.error.code;
    },
    { fields: { ...emptyComplaint, contactNumber: caller, text }, bytes: [...Buffer.from(text)] },
  );
  expect(kept, 'the desk finds the form by its text').toBe(true);
  // As a thief of the machine would find it: in the middle of work, the log beside the cache.
  await desk.kill();
  cpSync(profile, copy, { recursive: true });
  other.own(copy);
}, 180_000);

afterAll(async () => {
  await desk?.kill();
  await centre?.stop();
  other?.remove();
  rmSync(parent, { recursive: true, force: true });
});

test('P2 another OS user is kept out of the profile by its permissions', async () => {
  for (const path of ['', 'people', 'people/1001', 'people/1001/cache.db', 'people/1001/vault.json']) {
    const looked = await other.run('ls', '-l', join(profile, path));
    expect(looked.code, path).not.toBe(0);
    expect(looked.err, path).toContain('Permission denied');
  }
  expect((await other.run('cat', join(profile, 'people/1001/cache.db'))).err).toContain('Permission denied');
});

test('P2 in no file of the profile stands what the agent wrote, in UTF-8 or UTF-16, nor the number of the caller', async () => {
  const files = readdirSync(copy, { recursive: true }).map(String);
  expect(files).toEqual(expect.arrayContaining(['people/1001/cache.db', 'people/1001/cache.db-wal', 'Local Storage']));
  expect(findText(copy, texts)).toEqual([]);
});

test('P2 another OS user with a copy of the whole profile reads no form out of it with sqlite3', async () => {
  const cache = join(copy, 'people/1001/cache.db');
  expect((await other.run('head', '-c', '4', cache)).code, 'the copy is theirs to read').toBe(0);
  for (const question of ['.dump', 'SELECT * FROM forms', 'PRAGMA key = "zuoxi-1001"; SELECT * FROM forms']) {
    const asked = await other.run('sqlite3', cache, question);
    expect(`${asked.out}${asked.err}`).toContain('file is not a database');
    expect(asked.out).not.toContain('unmistakable');
  }
});

test("P2 the desk's own program opens the copied profile with no password but the agent's", async () => {
  const script = join(import.meta.dirname, 'try-profile.ts');
  const passwords = ['zuoxi-8806', 'password', '1001', ' zuoxi-1001'];
  const tried = await other.run(process.execPath, script, join(copy, 'people'), '1001', ...passwords);
  expect(tried.err).toBe('');
  expect(JSON.parse(tried.out)).toEqual(passwords.map(() => 'wrong-password'));
});

test('the same search finds the same form in a cache that is not encrypted, and so does sqlite3', async () => {
  const plain = join(parent, 'plain');
  mkdirSync(plain);
  writeFileSync(join(plain, 'settings.json'), '{}');
  const database = openDatabase(join(plain, 'cache.db'), 'plain');
  database.write((writes) => {
    writes.run('CREATE TABLE forms (form TEXT)');
    writes.run('INSERT INTO forms VALUES (?)', JSON.stringify({ ...emptyComplaint, contactNumber: caller, text }));
  });
  expect(findText(plain, texts)).toEqual(['cache.db-wal']);
  database.close();
  expect(findText(plain, texts)).toEqual(['cache.db']);
  for (const each of texts) expect(findText(plain, [each])).toEqual(['cache.db']);
  other.own(plain);
  expect((await other.run('sqlite3', join(plain, 'cache.db'), '.dump')).out).toContain('unmistakable');
});
