import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inModules, nodePath, root } from './paths.mjs';
import { mustRun, step, toolEnv } from './run.mjs';

const stamp = join(root, 'out/.built');
const sources = [
  ...['electron', 'renderer', 'web', 'domain', 'contract'],
  ...['electron.vite.config.ts', 'vite.web.config.ts', 'package-lock.json'],
];
const products = [
  ...['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/desk.html', 'out/renderer/phone.html'],
  'out/web/index.html',
];

/** @type {readonly (readonly string[])[]} */
const builds = [
  [inModules('electron-vite/bin/electron-vite.js'), 'build'],
  [inModules('vite/bin/vite.js'), 'build', '--config', 'vite.web.config.ts'],
];

/** Bundles the desk and the public page where a source is newer than the bundle. */
export const buildDesk = async () => {
  const startedAt = new Date();
  if (isFresh()) return;
  await step('the desk and the public page', async () => {
    for (const command of builds) {
      await mustRun('The build failed: see above.', nodePath, command, { env: toolEnv(), output: 'hide' });
    }
  });
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(stamp, '');
  // A source saved while the build ran counts as newer.
  utimesSync(stamp, startedAt, startedAt);
};

const isFresh = () => {
  if (!existsSync(stamp) || !products.every((path) => existsSync(join(root, path)))) return false;
  const builtAt = statSync(stamp).mtimeMs;
  return sources.every((path) => newestUnder(join(root, path)) < builtAt);
};

/** Folders count too: their time tells of files taken away. @param {string} path @returns {number} */
const newestUnder = (path) => {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestUnder(join(path, name))), entry.mtimeMs);
};
