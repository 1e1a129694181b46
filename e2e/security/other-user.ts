import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A user of the operating system, made for the test; needs root, as the tests' machine has it. */
export interface OtherUser {
  readonly name: string;
  /** Runs a program as that user; never throws for what the program says. */
  readonly run: (program: string, ...args: string[]) => Promise<Ran>;
  readonly own: (path: string) => void;
  readonly remove: () => void;
}

export const addOtherUser = (): OtherUser => {
  const name = `zuoxi-other-${process.pid}`;
  execFileSync('useradd', ['--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  return {
    name,
    run: async (program, ...args) => {
      try {
        const { stdout, stderr } = await run('runuser', ['-u', name, '--', program, ...args], {
          cwd: '/',
          maxBuffer: 64 * 1024 * 1024,
        });
        return { code: 0, out: stdout, err: stderr };
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
        return { code: Number(error.code), out: String(error.stdout), err: String(error.stderr) };
      }
    },
    own: (path) => execFileSync('chown', ['-R', `${name}:`, path]),
    remove: () => execFileSync('userdel', [name]),
  };
};
