import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Centre, startCentre } from '../stage/centre.ts';
import { createHeadlessDesk, type HeadlessDesk } from './desk-process.ts';
import { addHotlineStaff, password } from './hotline-staff.ts';
import { type PostgresProcess, startPostgresProcess } from './postgres-process.ts';

/** A server on a PostgreSQL of its own, and staff who may sign in there. */
export interface Hotline {
  readonly records: PostgresProcess;
  readonly server: Centre;
  /** The first is a manager's, whose screen shows everything. */
  readonly staffNumbers: readonly string[];
  /** A desk without a window for one of them; not started. */
  readonly headlessDesk: (
    staffNumber: string,
    options: { readonly pauseMs: number; readonly folder?: string; readonly within?: readonly string[] },
  ) => HeadlessDesk;
  readonly close: () => Promise<void>;
}

export const openHotline = async (options: {
  readonly folder: string;
  readonly staff: number;
  readonly bindAddress?: string;
  /** Where they are to lie elsewhere than in `folder`. */
  readonly postgresFolder?: string;
  readonly serverFolder?: string;
  readonly postgresSettings?: Readonly<Record<string, string>>;
  readonly walSegmentMebibytes?: number;
}): Promise<Hotline> => {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  // PostgreSQL runs as a user of its own and must find its way to its folder.
  await chmod(folder, 0o711);
  const records = await startPostgresProcess({
    databaseDir: options.postgresFolder ?? join(folder, 'postgres'),
    ...(options.postgresSettings && { settings: options.postgresSettings }),
    ...(options.walSegmentMebibytes !== undefined && { walSegmentMebibytes: options.walSegmentMebibytes }),
  });
  try {
    const staffNumbers = await addHotlineStaff(records.url, options.staff);
    const server = await startCentre({
      dataDir: options.serverFolder ?? join(folder, 'centre'),
      logFolder: folder,
      environment: { DATABASE_URL: records.url, ZUOXI_DEMO: '0' },
      ...(options.bindAddress !== undefined && { bindAddress: options.bindAddress }),
    });
    return {
      records,
      server,
      staffNumbers,
      headlessDesk: (staffNumber, { pauseMs, folder: desks = join(folder, 'desks'), within }) =>
        createHeadlessDesk({
          orders: { folder: desks, server: server.url, staffNumber, password, pauseMs },
          notesFolder: join(folder, 'told'),
          ...(within && { within }),
        }),
      close: async () => {
        await server.stop();
        await records.stop();
      },
    };
  } catch (error) {
    await records.stop();
    throw error;
  }
};
