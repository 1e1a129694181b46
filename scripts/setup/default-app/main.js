/**
 * Starts the app whose folder is the first argument, as the `default_app.asar` of a downloaded
 * Electron does; the fallback Electron comes without one.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const argument = process.argv.slice(1).find((one) => !one.startsWith('-'));
if (!argument) {
  console.error('Usage: electron FOLDER');
  process.exit(1);
}

const folder = resolve(argument);
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
app.setVersion(manifest.version);
app.setName(manifest.productName ?? manifest.name);
app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
app.setAppPath(folder);
await import(pathToFileURL(join(folder, manifest.main)).href);
