import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { findElectron } from '../electron-path.mjs';
import { bring, compilers } from './debian.mjs';
import { cacheFolder, inModules, nodePath } from './paths.mjs';
import { mustRun, step, toolEnv } from './run.mjs';

const placed = inModules('better-sqlite3-multiple-ciphers/build/Release/better_sqlite3.node');

/**
 * better-sqlite3-multiple-ciphers comes with a binary for Node-API 10 (Node 22.14, Electron 35). Under an older
 * Electron it is compiled once for Node-API 9, which Node 24 loads as well.
 */
export const installSqlite = async () => {
  const electron = findElectron();
  const needsOlder = electron !== undefined && Number.parseInt(electron.version, 10) < 35;
  if (!needsOlder) {
    // What an older Electron needed would win over the prebuilt binary.
    rmSync(inModules('better-sqlite3-multiple-ciphers/build'), { recursive: true, force: true });
    return;
  }
  if (existsSync(placed)) return;
  const version = JSON.parse(readFileSync(inModules('better-sqlite3-multiple-ciphers/package.json'), 'utf8')).version;
  const cached = join(
    cacheFolder,
    `better-sqlite3-multiple-ciphers-${version}-napi9-${process.platform}-${process.arch}.node`,
  );
  if (!existsSync(cached)) {
    await bring(compilers);
    await step('better-sqlite3-multiple-ciphers, compiled for this Electron (2 minutes, once)', () => compile(cached));
  }
  mkdirSync(dirname(placed), { recursive: true });
  copyFileSync(cached, `${placed}.new`);
  renameSync(`${placed}.new`, placed);
};

/** @param {string} target */
const compile = async (target) => {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, '.sqlite-'));
  try {
    cpSync(inModules('better-sqlite3-multiple-ciphers'), work, { recursive: true });
    cpSync(inModules('node-addon-api'), join(work, 'node_modules/node-addon-api'), { recursive: true });
    const recipe = join(work, 'binding.gyp');
    // The newest calls it makes were experimental in Node-API 9, under the same names.
    const experimental = "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'";
    writeFileSync(recipe, readFileSync(recipe, 'utf8').replace("'NAPI_VERSION=10'", experimental));
    await mustRun(
      'better-sqlite3-multiple-ciphers could not be compiled: see above.',
      nodePath,
      [inModules('node-gyp/bin/node-gyp.js'), 'rebuild', '--release', '--force_build=1', `--nodedir=${headers()}`],
      { cwd: work, env: { ...toolEnv(), JOBS: 'max' }, output: 'hide-all' },
    );
    renameSync(join(work, 'build/Release/better_sqlite3.node'), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

/** Node's headers come with its npm package, so that none are fetched. */
const headers = () => {
  const name = `node-${process.platform}-${process.arch}`;
  const nested = inModules(`node/node_modules/${name}`);
  return existsSync(nested) ? nested : inModules(name);
};
