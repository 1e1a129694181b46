import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { FuseState } from '@electron/fuses/dist/constants.js';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { loginWords } from '../../renderer/app/login/login-words.ts';
import { waitUntil } from '../stage/wait-until.ts';
import { type InstalledDesk, installDeb } from './installed-desk.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

let installed: InstalledDesk;
/** The folder of the program, behind the link in `bin`. */
let folder: string;
let profile: string;
let started: ChildProcess | undefined;
let browser: Browser | undefined;
let desk: Page;

beforeAll(async () => {
  await run(process.execPath, ['scripts/package.mjs'], { cwd: root });
  const name = (await readdir(join(root, 'dist'))).find((file) => file.endsWith('.deb'));
  if (!name) throw new Error('npm run package made no .deb');
  installed = await installDeb(join(root, 'dist', name));
  folder = dirname(await realpath(installed.program));
  profile = await mkdtemp(join(tmpdir(), 'zuoxi-installed-'));
  // Nothing listens at this address.
  await writeFile(join(profile, 'provisioning.json'), JSON.stringify({ server: 'http://127.0.0.1:9' }));
}, 300_000);

afterAll(async () => {
  await browser?.close();
  if (started && started.exitCode === null) {
    const end = once(started, 'exit');
    started.kill('SIGKILL');
    await end;
  }
  await installed?.remove();
  if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});

test('P3 the fuses of the installed program are set', async () => {
  const fuses = await getCurrentFuseWire(join(folder, 'zuoxi'));
  expect({
    runAsNode: fuses[FuseV1Options.RunAsNode],
    cookieEncryption: fuses[FuseV1Options.EnableCookieEncryption],
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments],
    asarIntegrity: fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    onlyFromAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar],
    fileProtocolPrivileges: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({
    runAsNode: FuseState.DISABLE,
    cookieEncryption: FuseState.ENABLE,
    nodeOptions: FuseState.DISABLE,
    inspect: FuseState.DISABLE,
    asarIntegrity: FuseState.ENABLE,
    onlyFromAsar: FuseState.ENABLE,
    fileProtocolPrivileges: FuseState.DISABLE,
  });
});

test('the package holds the bundle, its one native module and the prompts, and no sources', async () => {
  const inside = listPackage(join(folder, 'resources/app.asar'), { isPack: false });
  expect(inside).toContain('/out/main/main.js');
  expect(inside).toContain('/out/renderer/desk.html');
  expect(inside.filter((path) => /\.tsx?$/.test(path))).toEqual([]);
  const modules = inside.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? []);
  expect(modules).toEqual(['better-sqlite3-multiple-ciphers']);
  expect(await readdir(join(folder, 'resources/prompts'))).toEqual(expect.arrayContaining(['zh', 'en', 'music']));
  expect(await readdir(join(folder, 'resources'))).not.toContain('default_app.asar');
});

test('P3 the installed desk starts and shows its log-in screen', async () => {
  desk = await lookAtDesk(await start());
  await desk.getByTestId('login-staff-number').waitFor({ state: 'visible', timeout: 30_000 });
  await expect(desk.evaluate(() => 'require' in window || 'process' in window)).resolves.toBe(false);
});

test('P2 the native module of the installed desk loads: a sign-in asks the cache', async () => {
  await desk.getByTestId('login-staff-number').fill('1001');
  await desk.getByTestId('login-password').fill('zuoxi-1001');
  await desk.getByTestId('login-submit').click();
  // No centre answers. That nobody signed in here before is what only the cache can tell: without its
  // native module the sign-in would end in `unanswered`.
  await expect
    .poll(() => desk.getByTestId('login-problem').textContent(), { timeout: 30_000 })
    .toBe(loginWords.zh.problem['unreachable-and-unknown-here']);
  expect(await readdir(join(profile, 'people')), 'a number mistyped leaves nothing behind').toEqual([]);
});

/**
 * The desk's page in the running program: inspecting Node is fused off, the pages can still be looked
 * at. Only once both windows are there: a window that opens while somebody attaches may be held up.
 */
const lookAtDesk = async (port: number): Promise<Page> => {
  await waitUntil(
    'both windows of the installed desk',
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const urls = z.array(z.object({ url: z.string() })).parse(await answer.json());
      return ['desk.html', 'phone.html'].every((page) => urls.some(({ url }) => url.includes(page)));
    },
    60_000,
  );
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const pages = browser.contexts().flatMap((context) => context.pages());
  const page = pages.find((one) => one.url().includes('desk.html'));
  if (!page) throw new Error('the desk window cannot be looked at');
  return page;
};

/** Starts the installed program; the port at which Chromium lets its pages be looked at. */
const start = async (): Promise<number> => {
  const args = [
    '--remote-debugging-port=0',
    '--disable-gpu',
    `--user-data-dir=${profile}`,
    `--provisioning=${join(profile, 'provisioning.json')}`,
  ];
  // Chromium refuses to be sandboxed as root; the product never passes this.
  const child = spawn(installed.program, [...args, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  started = child;
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
    child.once('exit', () => reject(new Error(`the installed desk ended:\n${said.join('\n')}`)));
  });
};
