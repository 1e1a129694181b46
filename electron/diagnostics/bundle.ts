import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { settings, syncStatus } from '../../contract/ipc.ts';
import { keyKeepings } from '../../contract/sync-page.ts';
import { roles } from '../../domain/people/roles.ts';
import { syncEvents } from '../sync/sync-journal.ts';
import { cacheReport } from './cache-report.ts';
import { outboxShape } from './outbox-shape.ts';

const version = z.string().regex(/^[\w.+-]{0,60}$/);

/**
 * All that a bundle may hold: counts, times, versions, codes. Nothing here takes free text but the log, which is
 * scrubbed, so that what an agent wrote has no place to go.
 */
export const diagnosticBundle = z.strictObject({
  format: z.literal('zuoxi-diagnostics-1'),
  madeAt: z.int(),
  versions: z.record(z.enum(['desk', 'sync', 'operations', 'electron', 'chrome', 'node']), version),
  platform: z.strictObject({
    system: version,
    release: z.string().regex(/^[\w.+\-# :()~]{0,120}$/),
    machine: version,
    processors: z.int(),
    memory: z.int(),
    freeMemory: z.int(),
    upSeconds: z.int(),
    deskUpSeconds: z.int(),
    deskMemory: z.int(),
  }),
  provisioning: z.strictObject({
    server: z.url(),
    allowPlainHttp: z.boolean(),
    ownPrompts: z.boolean(),
    interfaceLanguage: z.enum(['zh', 'en']),
  }),
  settings: settings.pick({ interfaceLanguage: true, theme: true, ringVolume: true, sayYao: true }).extend({
    chosen: z.strictObject({ microphone: z.boolean(), speaker: z.boolean(), ringDevice: z.boolean() }),
  }),
  /** Null: nobody is signed in. */
  session: z
    .strictObject({
      /** Tells two people of one desk apart, and nobody outside who they are. */
      person: z.string().regex(/^[0-9a-f]{16}$/),
      roles: z.array(z.enum(roles)),
      key: z.enum(keyKeepings),
      status: syncStatus.omit({ callbackRules: true, procedureRules: true }),
      history: syncEvents,
      outbox: outboxShape,
      cache: cacheReport,
    })
    .nullable(),
  log: z.array(z.string()),
});
export type DiagnosticBundle = z.output<typeof diagnosticBundle>;

/** A staff number as it stands in a bundle; the salt never leaves the desk. */
export const hashedStaffNumber = (staffNumber: string, salt: string): string =>
  createHash('sha256').update(`${salt} ${staffNumber}`).digest('hex').slice(0, 16);

/** The file's bytes: JSON, gzip. What has no place in a bundle throws. */
export const packBundle = (bundle: DiagnosticBundle): Uint8Array =>
  gzipSync(JSON.stringify(diagnosticBundle.parse(bundle), null, 1));
