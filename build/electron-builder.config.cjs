const { rmSync } = require('node:fs');
const { join } = require('node:path');

/**
 * How the desk is packaged. `ZUOXI_ELECTRON_DIST` names a folder with an unpacked Electron, for
 * machines that cannot fetch one (scripts/package.mjs sets it with its version).
 */
const electronDist = process.env.ZUOXI_ELECTRON_DIST;
const electronVersion = process.env.ZUOXI_ELECTRON_VERSION;

/** @type {import('electron-builder').Configuration} */
module.exports = {
  appId: 'org.zuoxi.desk',
  productName: 'Zuoxi',
  executableName: 'zuoxi',
  copyright: 'MIT, Zuoxi maintainers',
  directories: { output: 'dist', buildResources: 'build' },
  ...(electronDist && electronVersion ? { electronDist, electronVersion } : {}),
  npmRebuild: false,
  // Everything but better-sqlite3-multiple-ciphers is bundled into out/.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!node_modules/**',
    'node_modules/better-sqlite3-multiple-ciphers/package.json',
    'node_modules/better-sqlite3-multiple-ciphers/lib/**',
    // The binary compiled for an older Electron, where set-up made one, else the one it came with.
    'node_modules/better-sqlite3-multiple-ciphers/build/Release/better_sqlite3.node',
    ...(electronDist ? [] : ['node_modules/better-sqlite3-multiple-ciphers/prebuilds/${platform}-${arch}.node']),
  ],
  extraResources: [
    { from: 'build/prompts', to: 'prompts', filter: ['**/*.wav'] },
    { from: 'build/provisioning.example.json', to: 'provisioning.example.json' },
  ],
  asar: { smartUnpack: false },
  asarUnpack: ['**/*.node'],
  // Starts any folder it is given; ours starts nothing but its own.
  afterExtract: ({ appOutDir }) => rmSync(join(appOutDir, 'resources/default_app.asar'), { force: true }),
  electronLanguages: ['zh-CN', 'en-US'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: { target: ['dir', 'deb'], category: 'Office', icon: 'build/icon.png', maintainer: 'Zuoxi maintainers' },
  deb: { packageName: 'zuoxi', artifactName: 'zuoxi_${version}_amd64.deb' },
  win: { target: ['nsis', 'msi'], icon: 'build/icon.png' },
  nsis: { oneClick: false, perMachine: true, allowElevation: true, deleteAppDataOnUninstall: false },
  msi: { perMachine: true, oneClick: false, runAfterFinish: false },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.business',
    hardenedRuntime: true,
    icon: 'build/icon.png',
    extendInfo: {
      NSMicrophoneUsageDescription: '座席用麦克风与来电者通话。Zuoxi uses the microphone to talk with callers.',
    },
  },
};
