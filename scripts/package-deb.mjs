/** The .deb out of `dist/linux-unpacked`, with Debian's own tools. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import makeDeb from 'electron-installer-debian';
import { root } from './setup/paths.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const program = join(root, 'dist/linux-unpacked');
// Two files that electron-builder takes away: the copyright, and by what the libraries needed are known.
copyFileSync(join(root, 'LICENSE'), join(program, 'LICENSE'));
writeFileSync(join(program, 'version'), process.env['ZUOXI_ELECTRON_VERSION'] ?? '');

await makeDeb({
  src: program,
  dest: join(root, 'dist'),
  arch: 'amd64',
  rename: (/** @type {string} */ folder) => join(folder, `zuoxi_${version}_amd64.deb`),
  options: {
    name: 'zuoxi',
    bin: 'zuoxi',
    productName: 'Zuoxi 座席',
    description: 'The desk of a hotline agent',
    productDescription: 'Softphone and complaint forms for the agents of a hotline, usable without a network.',
    maintainer: 'Zuoxi maintainers <maintainers@zuoxi.example>',
    version,
    section: 'comm',
    categories: ['Office'],
    icon: join(root, 'build/icon.png'),
    // Besides those every Electron of this version needs.
    depends: ['libasound2 | libasound2t64', 'libxss1'],
    // Five times the speed of xz, and older systems read it, as they do not zstd.
    compression: 'gzip',
  },
});
