import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The program as the .deb puts it on a machine. */
export interface InstalledDesk {
  readonly program: string;
  readonly remove: () => Promise<unknown>;
}

/**
 * Installs the package where we may and nothing of the same name is installed; else unpacks it aside,
 * file for file the same.
 */
export const installDeb = async (deb: string): Promise<InstalledDesk> => {
  if (process.getuid?.() === 0 && !(await isInstalled('zuoxi'))) {
    await run('dpkg', ['--install', deb]);
    return { program: '/usr/bin/zuoxi', remove: () => run('dpkg', ['--purge', 'zuoxi']) };
  }
  const folder = await mkdtemp(join(tmpdir(), 'zuoxi-deb-'));
  await run('dpkg-deb', ['--extract', deb, folder]);
  return { program: join(folder, 'usr/bin/zuoxi'), remove: () => rm(folder, { recursive: true, force: true }) };
};

const isInstalled = async (name: string): Promise<boolean> => {
  const status = await run('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]).catch(() => undefined);
  return status?.stdout === 'installed';
};
