import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import type { Configuration } from 'electron-builder';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const configuration: Configuration = createRequire(import.meta.url)('../../build/electron-builder.config.cjs');

test('P3 the configuration is one electron-builder accepts, for Windows and macOS too', async () => {
  await expect(validateConfiguration(configuration, new DebugLogger(false))).resolves.toBeUndefined();
});

test('what electron-builder does not know is refused by the same check', async () => {
  const wrong = { ...configuration, nsis: { ...configuration.nsis, perMachin: true } };
  await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow('configuration.nsis');
});

test('P3 Windows installers are for the whole machine, so that they install silently', () => {
  expect(configuration.win?.target).toEqual(['nsis', 'msi']);
  expect(configuration.nsis?.perMachine).toBe(true);
  expect(configuration.msi?.perMachine).toBe(true);
});

test('every file the package takes from build/ is there', () => {
  const resources = [configuration.extraResources ?? []].flat();
  const sources = resources.map((one) => (typeof one === 'string' ? one : (one.from ?? '')));
  const icons = [configuration.linux?.icon, configuration.win?.icon, configuration.mac?.icon].map((icon) => icon ?? '');
  for (const path of [...sources, ...icons]) expect(existsSync(join(root, path)), path).toBe(true);
});
