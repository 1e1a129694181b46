/**
 * First-run set-up. Dependency-free and fit for Node 20: it is what brings everything else, Node 24
 * included. Every step looks first and does only what is missing, so a second run does nothing.
 */
import { pathToFileURL } from 'node:url';
import { buildDesk } from './setup/build.mjs';
import { installDebianPackages } from './setup/debian.mjs';
import { installElectron } from './setup/electron.mjs';
import { SetupError } from './setup/errors.mjs';
import { installPackages } from './setup/packages.mjs';
import { installSqlite } from './setup/sqlite.mjs';

/**
 * @param {'start' | 'test'} purpose `test` also brings what a machine with no screen and no phone needs.
 */
export const setUp = async (purpose) => {
  await installPackages();
  await installDebianPackages(purpose);
  await installElectron();
  await installSqlite();
  await buildDesk();
};

/**
 * Runs `setUp`, telling an expected failure in words.
 *
 * @param {'start' | 'test'} purpose
 */
export const setUpOrExit = async (purpose) => {
  try {
    await setUp(purpose);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setUpOrExit(process.argv.includes('--for=start') ? 'start' : 'test');
}
