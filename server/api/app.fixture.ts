import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { z } from 'zod';
import { routes, type signInAnswer } from '../../contract/http.ts';
import { usualFormRules } from '../../domain/forms/form-row.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { usualCacheRules } from '../../domain/sync/cache-rules.ts';
import { addDemoStaff } from '../demo-staff.ts';
import { createKnowledge } from '../knowledge/create-knowledge.ts';
import { createQuietFloor, type QuietFloor } from '../live/floor.fixture.ts';
import { createLiveDesks } from '../live/live-desks.ts';
import { startTellingChanges } from '../live/tell-changes.ts';
import { type AttachmentStore, openAttachmentStore } from '../records/attachment-store.ts';
import { createCacheKeys } from '../records/cache-keys.ts';
import { openPglite, type Records } from '../records/open-records.ts';
import { findPeople } from '../records/staff.ts';
import { openUploadParts } from '../records/upload-parts.ts';
import { lookUpForms } from '../sync/look-up-forms.ts';
import { pullChanges } from '../sync/pull.ts';
import { pushInto } from '../sync/push.fixture.ts';
import { openSnapshot } from '../sync/snapshot.ts';
import { type Authentication, createAuthentication } from './authentication.ts';
import { createApp } from './create-app.ts';
import { createMetrics } from './metrics.ts';
import type { Organ } from './operation-routes.ts';
import { createPasswords } from './passwords.ts';
import { SessionSipAccounts } from './sip-accounts.ts';
import { createThrottle } from './throttle.ts';
import { createAccessTokens } from './tokens.ts';

/** The centre's HTTP side on loopback with demo staff, without a switch. */
export interface TestCentre {
  readonly app: FastifyInstance;
  readonly port: number;
  readonly floor: QuietFloor;
  readonly records: Records;
  readonly store: AttachmentStore;
  /** Where the store has the bytes of a file. */
  readonly fileOf: (sha256: string) => string;
  readonly authentication: Authentication;
  readonly sipAccounts: SessionSipAccounts;
  readonly sipSockets: string[];
  /** Makes `/health` find this organ fit or not. */
  readonly fitness: Map<Organ['name'], boolean>;
  readonly signIn: (staffNumber: string) => Promise<z.infer<typeof signInAnswer> & { readonly device: string }>;
  readonly stop: () => Promise<void>;
}

export const startTestCentre = async (): Promise<TestCentre> => {
  const records = await openPglite(new PGlite());
  const { db } = records;
  const clock = Date.now;
  await addDemoStaff(db, clock());
  const folder = await mkdtemp(join(tmpdir(), 'zuoxi-centre-'));
  const authentication = createAuthentication({
    db,
    clock,
    accessTokens: createAccessTokens(Buffer.alloc(32, 1)),
    passwords: await createPasswords(),
    accountThrottle: createThrottle({ tries: 10, windowMs: 60_000 }),
    addressThrottle: createThrottle({ tries: 50, windowMs: 60_000 }),
  });
  const sipAccounts = new SessionSipAccounts('zuoxi');
  authentication.onSessionEnded((session) => sipAccounts.endSession(session));
  const floor = createQuietFloor();
  const changes = await startTellingChanges({
    db,
    timers: {
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    },
    warn: () => undefined,
    lookMs: 200,
  });
  const liveDesks = createLiveDesks({
    authentication,
    floor,
    callbackRules: { retryAfterMs: { 'no-answer': 60_000, busy: 30_000 }, maxTries: 9 },
    cacheRules: usualCacheRules,
    procedureRules: usualProcedureRules,
    changes,
    findPeople: (staffNumbers) => findPeople(db, staffNumbers),
    clock,
    timing: { helloMs: 1_000, heartbeatMs: 1_000, lookAtScopesMs: 100 },
    warn: () => undefined,
  });
  const metrics = createMetrics(floor.figures, () => ({ calls: 0, turnedAway: 0 }));
  const sipSockets: string[] = [];
  const fitness = new Map<Organ['name'], boolean>([
    ['database', true],
    ['switch', true],
  ]);
  const store = await openAttachmentStore(folder);
  const app = await createApp({
    log: pino({ level: 'silent' }),
    metrics,
    version: '0.0.0',
    organs: [...fitness.keys()].map((name) => ({ name, isFit: async () => fitness.get(name) ?? false })),
    session: { authentication, sipAccounts, sipDomain: 'zuoxi', clock },
    cacheKeys: { authentication, cacheKeys: createCacheKeys({ db, sealingKey: Buffer.alloc(32, 2), clock }) },
    sync: {
      authentication,
      push: pushInto(records, { clock, onChanged: changes.hear }),
      pull: (after, limit, person) => pullChanges(db, after, limit, person),
      lookUp: (by, person) => lookUpForms(db, by, person),
      openSnapshot: (person, place) =>
        openSnapshot({ db, clock, rules: usualCacheRules, formRules: usualFormRules }, person, place),
      clock,
      countOutcome: metrics.countOperation,
    },
    attachments: { authentication, store, uploads: await openUploadParts(join(folder, 'parts'), store), db, clock },
    knowledge: {
      authentication,
      db,
      knowledge: createKnowledge({ db, clock, onGrown: liveDesks.tellKnowledgeChanged }),
    },
    trustedProxies: [],
    acceptLive: liveDesks.accept,
    acceptSip: (socket, remoteAddress) => {
      sipSockets.push(remoteAddress);
      socket.close(1000);
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  return {
    app,
    port: typeof address === 'object' && address !== null ? address.port : 0,
    floor,
    records,
    store,
    fileOf: (sha256) => join(folder, sha256.slice(0, 2), sha256),
    authentication,
    sipAccounts,
    sipSockets,
    fitness,
    signIn: async (staffNumber) => {
      const device = randomUUID();
      const answer = await app.inject({
        method: 'POST',
        url: routes.signIn.path,
        payload: { staffNumber, password: `zuoxi-${staffNumber}`, device, epoch: null },
      });
      return { ...routes.signIn.answer.parse(answer.json()), device };
    },
    stop: async () => {
      liveDesks.stop();
      await changes.stop();
      await app.close();
      await records.close();
      await rm(folder, { recursive: true });
    },
  };
};
