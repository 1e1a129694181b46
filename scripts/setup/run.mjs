import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { SetupError } from './errors.mjs';
import { root } from './paths.mjs';

const bin = join(root, 'node_modules/.bin');

/** The environment in which `node` is Node 24 and the tools of `node_modules` are at hand. */
export const toolEnv = () => ({ ...process.env, PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) });

/** The machine's own environment: for npm, which may replace the very Node that `toolEnv` leads to. */
export const machineEnv = () => ({
  ...process.env,
  PATH: (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter),
});

/**
 * Runs a program to its end; its exit code, or null where it could not start or was stopped.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{
 *   cwd?: string,
 *   env?: NodeJS.ProcessEnv,
 *   timeoutMs?: number,
 *   output?: 'show' | 'hide' | 'hide-all',
 * }} [options] `hide` keeps standard output back, `hide-all` the errors too.
 * @returns {Promise<number | null>}
 */
export const run = (command, args, { cwd = root, env = process.env, timeoutMs, output = 'show' } = {}) =>
  new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', output === 'show' ? 'inherit' : 'ignore', output === 'hide-all' ? 'ignore' : 'inherit'],
      shell: process.platform === 'win32',
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    child.on('error', () => done(null));
    child.on('exit', (code) => done(code));
  });

/**
 * What a program prints, or undefined where it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<string | undefined>}
 */
export const outputOf = (command, args) =>
  new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', () => done(undefined));
    child.on('close', (code) => done(code === 0 ? text : undefined));
  });

/**
 * Names a step, does it, tells how long it took.
 *
 * @template Value
 * @param {string} name
 * @param {() => Promise<Value>} work
 */
export const step = async (name, work) => {
  const startedAt = Date.now();
  console.log(`• ${name}`);
  // A line now and then, so that a long step does not look dead.
  const pulse = setInterval(() => console.log(`  … ${Math.round((Date.now() - startedAt) / 1000)} s`), 15_000);
  try {
    const value = await work();
    console.log(`  done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    return value;
  } finally {
    clearInterval(pulse);
  }
};

/**
 * Like `run`, for what must succeed.
 *
 * @param {string} failure What to tell a person.
 * @param {Parameters<typeof run>} call
 */
export const mustRun = async (failure, ...call) => {
  const code = await run(...call);
  if (code !== 0) throw new SetupError(failure);
};
