import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What was downloaded or compiled, shared by every copy of this project on the machine. */
export const cacheFolder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'zuoxi');

const executableSuffix = process.platform === 'win32' ? '.exe' : '';

/** Node 24 as npm brought it, whatever the machine's own Node is. */
export const nodePath = join(root, 'node_modules/node/bin', `node${executableSuffix}`);

/** Path of a file in `node_modules`. @param {string} path */
export const inModules = (path) => join(root, 'node_modules', path);
