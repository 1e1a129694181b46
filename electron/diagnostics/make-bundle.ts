import { arch, cpus, freemem, platform, release, totalmem, uptime } from 'node:os';
import type { Settings, SyncStatus } from '../../contract/ipc.ts';
import { syncVersion } from '../../contract/sync.ts';
import type { KeyKeeping } from '../../contract/sync-page.ts';
import { operationsVersion } from '../../domain/forms/operations.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Provisioning } from '../settings/provisioning.ts';
import type { SyncEvent } from '../sync/sync-journal.ts';
import { type DiagnosticBundle, hashedStaffNumber } from './bundle.ts';
import { reportCache } from './cache-report.ts';
import { readOutboxShape } from './outbox-shape.ts';
import { scrubLine } from './scrub-log.ts';

const mostLines = 200;

/** A bundle of how this desk stands. */
export const makeBundle = async (parts: {
  readonly now: number;
  /** Of this program. */
  readonly version: string;
  readonly salt: string;
  readonly provisioning: Provisioning;
  readonly settings: Settings;
  readonly session:
    | {
        readonly staffNumber: string;
        readonly roles: readonly Role[];
        readonly key: KeyKeeping;
        readonly status: SyncStatus;
        readonly history: readonly SyncEvent[];
        readonly cache: Cache;
      }
    | undefined;
  /** Reads the whole cache for damage. */
  readonly checkCache: boolean;
  /** As they were written. */
  readonly log: readonly string[];
}): Promise<DiagnosticBundle> => {
  const { provisioning, settings, session } = parts;
  return {
    format: 'zuoxi-diagnostics-1',
    madeAt: parts.now,
    versions: {
      desk: parts.version,
      sync: String(syncVersion),
      operations: String(operationsVersion),
      electron: process.versions['electron'] ?? '',
      chrome: process.versions['chrome'] ?? '',
      node: process.versions.node,
    },
    platform: {
      system: platform(),
      release: release(),
      machine: arch(),
      processors: cpus().length,
      memory: totalmem(),
      freeMemory: freemem(),
      upSeconds: Math.round(uptime()),
      deskUpSeconds: Math.round(process.uptime()),
      deskMemory: process.memoryUsage.rss(),
    },
    provisioning: {
      server: provisioning.server,
      allowPlainHttp: provisioning.allowPlainHttp,
      ownPrompts: provisioning.prompts !== null,
      interfaceLanguage: provisioning.interfaceLanguage,
    },
    settings: {
      interfaceLanguage: settings.interfaceLanguage,
      theme: settings.theme,
      ringVolume: settings.ringVolume,
      sayYao: settings.sayYao,
      // Which one it is, its name may tell: the platform's ids are of no use elsewhere.
      chosen: {
        microphone: settings.microphone !== null,
        speaker: settings.speaker !== null,
        ringDevice: settings.ringDevice !== null,
      },
    },
    session: session ? await sessionPart(session, parts) : null,
    log: parts.log.flatMap(scrubLine).slice(-mostLines),
  };
};

const sessionPart = async (
  session: NonNullable<Parameters<typeof makeBundle>[0]['session']>,
  { salt, checkCache }: { readonly salt: string; readonly checkCache: boolean },
): Promise<NonNullable<DiagnosticBundle['session']>> => {
  const { callbackRules: _callback, procedureRules: _procedure, ...status } = session.status;
  return {
    person: hashedStaffNumber(session.staffNumber, salt),
    roles: [...session.roles],
    key: session.key,
    status,
    history: [...session.history],
    outbox: session.cache.database.read(readOutboxShape),
    cache: await reportCache(session.cache, checkCache),
  };
};
