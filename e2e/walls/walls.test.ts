import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** A small house of the same plan, in which a wall may be broken without breaking ours. */
let house = '';

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'zuoxi-walls-'));
  for (const file of [
    '.dependency-cruiser.cjs',
    'tsconfig.base.json',
    'tsconfig.json',
    'package.json',
    'biome.json',
    'build/lint',
  ]) {
    cpSync(join(root, file), join(house, file), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  put('domain/rule.ts', 'export const rule = 1;\n');
  put('contract/message.ts', "import { rule } from '../domain/rule.ts';\nexport const message = rule;\n");
  put('electron/window.ts', 'export const shown = 1;\nexport interface Shown { readonly at: number }\n');
  put('e2e/journey.ts', 'export const travelled = 1;\n');
  put('server/records.ts', 'export const kept = 1;\n');
  put('renderer/screen.ts', 'export const drawn = 1;\n');
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
};

/** The names of the rules that a file of this text breaks. */
const brokenBy = async (path: string, text: string): Promise<string[]> => {
  put(path, text);
  try {
    const { stdout } = await run(
      join(root, 'node_modules/.bin/depcruise'),
      ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', path],
      { cwd: house },
    ).catch((error: { stdout: string }) => error);
    const report: { summary: { violations: { rule: { name: string } }[] } } = JSON.parse(stdout);
    return [...new Set(report.summary.violations.map(({ rule }) => rule.name))];
  } finally {
    rmSync(join(house, path));
  }
};

/** What the linter says of a file of this text. */
const lintOf = async (path: string, text: string): Promise<string> => {
  put(path, text);
  try {
    const { stdout, stderr } = await run(join(root, 'node_modules/.bin/biome'), ['lint', '--vcs-enabled=false', path], {
      cwd: house,
    }).catch((error: { stdout: string; stderr: string }) => error);
    return stdout + stderr;
  } finally {
    rmSync(join(house, path));
  }
};

describe('the walls of the house', () => {
  test('let a room import what it may', async () => {
    expect(await brokenBy('renderer/probe.ts', "export { message } from '../contract/message.ts';\n")).toEqual([]);
  });

  test.each([
    ['electron/', "export { shown } from '../electron/window.ts';\n", 'renderer-keeps-to-its-side'],
    ['a type of electron/', "export type { Shown } from '../electron/window.ts';\n", 'renderer-keeps-to-its-side'],
    ['server/', "export { kept } from '../server/records.ts';\n", 'renderer-keeps-to-its-side'],
    ['a Node module', "export { readFileSync } from 'node:fs';\n", 'no-node-in-the-window'],
    ['a package that needs Node', "export { WebSocketServer } from 'ws';\n", 'no-node-package-in-the-window'],
  ])('renderer/ may not import %s', async (_what, text, rule) => {
    expect(await brokenBy('renderer/probe.ts', text)).toContain(rule);
  });

  test.each([
    ['renderer/', "export { drawn } from '../renderer/screen.ts';\n", 'web-keeps-to-its-side'],
    ['server/', "export { kept } from '../server/records.ts';\n", 'web-keeps-to-its-side'],
    ['a Node module', "export { readFileSync } from 'node:fs';\n", 'no-node-in-the-window'],
  ])('web/ may not import %s', async (_what, text, rule) => {
    expect(await brokenBy('web/probe.ts', text)).toContain(rule);
  });

  test('domain/ may not import contract/', async () => {
    const broken = await brokenBy('domain/probe.ts', "export { message } from '../contract/message.ts';\n");
    expect(broken).toContain('domain-keeps-to-its-side');
  });

  test.each(['Date.now()', 'new Date()', 'Math.random()'])('domain/ may not say %s', async (expression) => {
    const said = await lintOf('domain/probe.ts', `export const probe = () => ${expression};\n`);
    expect(said).toContain('come into domain/ as arguments');
  });

  test('electron/ takes requests in one file', async () => {
    const text = "import { ipcMain } from 'electron';\nipcMain.removeAllListeners();\n";
    expect(await lintOf('electron/probe.ts', text)).toContain('by electron/ipc/register.ts alone');
    expect(await lintOf('electron/ipc/register.ts', text)).not.toContain('by electron/ipc/register.ts alone');
  });

  test('renderer/ reads the bridge in one file', async () => {
    const text = 'export const bridge = window.desk;\n';
    expect(await lintOf('renderer/probe.ts', text)).toContain('read in renderer/app/bridge.ts alone');
    expect(await lintOf('renderer/app/bridge.ts', text)).not.toContain('read in renderer/app/bridge.ts alone');
  });
});
