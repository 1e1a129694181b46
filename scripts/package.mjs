/**
 * `npm run package`: the desk for this machine's kind into `dist/`. On Linux a folder and a .deb; the
 * .deb is made by electron-builder where GitHub can be reached, else by electron-installer-debian
 * (electron-builder fetches its own tool for it from there).
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from './electron-path.mjs';
import { bring } from './setup/debian.mjs';
import { SetupError } from './setup/errors.mjs';
import { root } from './setup/paths.mjs';
import { mustRun, step, toolEnv } from './setup/run.mjs';
import { setUpOrExit } from './setup.mjs';

const builder = ['--config', 'build/electron-builder.config.cjs', '--publish', 'never'];

const makePackage = async () => {
  const electron = findElectron();
  if (!electron) throw new SetupError('There is no Electron to package.');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  if (process.platform !== 'linux' || electron.kind === 'official') {
    await step('the installers', () =>
      mustRun('electron-builder failed: see above.', 'electron-builder', builder, { env: toolEnv() }),
    );
    return;
  }
  await bring([['fakeroot'], ['dpkg']]);
  const env = { ...toolEnv(), ZUOXI_ELECTRON_DIST: electron.folder, ZUOXI_ELECTRON_VERSION: electron.version };
  await step('the program folder', () =>
    mustRun('electron-builder failed: see above.', 'electron-builder', [...builder, '--linux', 'dir'], { env }),
  );
  await step('the .deb', () => mustRun('The .deb could not be made.', 'node', ['scripts/package-deb.mjs'], { env }));
};

await setUpOrExit('test');
try {
  await makePackage();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exit(1);
}
