import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { freeMiB } from './access/free-disk.ts';
import { keepContacts } from './access/keep-contacts.ts';
import { openLineRecords } from './access/line-records/open-line-records.ts';
import { openMessageSpool } from './access/message-spool.ts';
import { type Authentication, createAuthentication } from './api/authentication.ts';
import { createApp } from './api/create-app.ts';
import { createMetrics } from './api/metrics.ts';
import { createPasswords } from './api/passwords.ts';
import { SessionSipAccounts } from './api/sip-accounts.ts';
import { createThrottle } from './api/throttle.ts';
import { createAccessTokens } from './api/tokens.ts';
import { watchDeadlines } from './deadlines/watch-deadlines.ts';
import { addDemoStaff } from './demo-staff.ts';
import { callerKept } from './floor/caller-kept.ts';
import { createFloor } from './floor/create-floor.ts';
import { defaultFloorSettings } from './floor/parts.ts';
import { createCentreForms } from './forms/create-centre-forms.ts';
import { createOwedCallbacks } from './forms/keep-owed-callbacks.ts';
import { createRatings } from './forms/keep-ratings.ts';
import { createFileKeeper } from './intake/keep-file.ts';
import { startIntake } from './intake/start-intake.ts';
import { createGuestAccounts } from './intake/web/guest-accounts.ts';
import { readPageFiles } from './intake/web/page-files.ts';
import { addDemoArticles } from './knowledge/add-demo-articles.ts';
import { createKnowledge } from './knowledge/create-knowledge.ts';
import { createLiveDesks } from './live/live-desks.ts';
import { startTellingChanges } from './live/tell-changes.ts';
import { withoutWords } from './log.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openRecordings } from './recordings/open-recordings.ts';
import { openAttachmentStore } from './records/attachment-store.ts';
import { createCacheKeys } from './records/cache-keys.ts';
import { findCallback, findOwedCallbacks } from './records/callbacks.ts';
import { readCacheKeysKey, readTokenKey, takeDataFolder } from './records/data-folder.ts';
import { openJournal } from './records/journal-file.ts';
import { findKnownCaller } from './records/known-callers.ts';
import { openEmbedded, openPostgres, type Records } from './records/open-records.ts';
import { findPeople, findStaff } from './records/staff.ts';
import { openUploadParts } from './records/upload-parts.ts';
import { formRulesOf, type Settings } from './settings.ts';
import { keepSegments } from './sync/keep-segments.ts';
import { lookUpForms } from './sync/look-up-forms.ts';
import { pullChanges } from './sync/pull.ts';
import { createPush } from './sync/push.ts';
import { openSnapshot } from './sync/snapshot.ts';
import { sqlSyncRecords } from './sync/sql-sync-records.ts';
import { takenTogether } from './sync/taken-together.ts';
import { createEmbeddedSwitch } from './telephony/embedded/embedded-switch.ts';
import { savedCall } from './telephony/embedded/saved-call.ts';

/** The whole server, running. */
export interface Centre {
  readonly httpPort: number;
  readonly sipPort: number;
  /** Hangs up, lets go of the desks, and closes the records. */
  readonly stop: () => Promise<void>;
}

const fileMessagesEveryMs = 30_000;
const lookAtDeadlinesEveryMs = 15_000;
const tidyUpEveryMs = 10 * 60_000;
/** A long weekend with the desk switched off; then it sends the file from its first byte. */
const keepPartsMs = 4 * 24 * 3_600_000;
/** Domain of the seats' SIP addresses, and realm of their digests; never looked up. */
const sipDomain = 'zuoxi.internal';
const builtPage = join(import.meta.dirname, '../out/web');
const ownPrompts = join(import.meta.dirname, '../build/prompts');

/** Builds the graph and hands the parts in; answers when desks and callers can come. */
export const startCentre = async (settings: Settings, log: Logger): Promise<Centre> => {
  const clock = Date.now;
  const folder = await takeDataFolder(settings.dataFolder);
  const records = await openRecords(settings, folder.path);
  const { db } = records;
  const isNewDemo = settings.demo && (await addDemoStaff(db, clock()));
  if (isNewDemo) log.warn('demo staff added: never on a server that callers reach');

  const formRules = formRulesOf(settings);
  const { procedures: procedureRules } = formRules;
  const authentication = await createUsualAuthentication(db, folder.path, clock);
  const sipAccounts = new SessionSipAccounts(sipDomain);
  authentication.onSessionEnded((session) => sipAccounts.endSession(session));

  const guests = createGuestAccounts({ realm: sipDomain, hotline: settings.hotline, clock });
  const journalTrouble = (error: unknown) =>
    log.error({ err: error }, 'calls could not be kept for, or found after, a restart');
  const telephony = createEmbeddedSwitch({
    bindAddress: settings.bindAddress,
    ...(settings.advertisedAddress === undefined ? {} : { advertisedAddress: settings.advertisedAddress }),
    sipPort: settings.sipPort,
    rtpPorts: settings.rtpPorts,
    promptFolders: [...(settings.recordedPrompts === undefined ? [] : [settings.recordedPrompts]), ownPrompts],
    domain: sipDomain,
    accounts: { find: (username) => guests.find(username) ?? sipAccounts.find(username) },
    trunks: settings.trunks,
    trunkOut: settings.trunkOut,
    journal: openJournal(join(folder.path, 'calls.json'), savedCall, journalTrouble),
    traceFile: settings.sipTraceFile,
    log,
  });
  const spoolFolder = join(folder.path, 'messages');
  const attachments = await openAttachmentStore(join(folder.path, 'attachments'));
  const uploads = await openUploadParts(join(folder.path, 'attachments', 'parts'), attachments);
  const forms = createCentreForms({
    db,
    clock,
    rules: procedureRules,
  });
  const ratings = createRatings({
    forms,
    clock,
    newId: uuidv7,
    onFailure: (error) => log.error({ err: error }, 'a keyed rating was not kept'),
  });
  const keeper = keepContacts({
    forms,
    store: attachments,
    clock,
    newId: uuidv7,
    callbackWindowHours: settings.access.callbackWindowHours,
    keepRating: ratings.keep,
  });
  const spool = openMessageSpool({ folder: spoolFolder, keeper, clock, newId: uuidv7, log });
  const recordings = openRecordings({
    folder: join(folder.path, 'recordings'),
    db,
    store: attachments,
    port: telephony,
    services: settings.access.rules.recordedServices,
    keepDays: settings.recordingDays,
    clock,
    timers: { after: later },
    newId: uuidv7,
    log,
  });
  const floor = createFloor({
    port: telephony,
    clock,
    timers: { after: later },
    log,
    settings: {
      ...defaultFloorSettings,
      wrapUpSeconds: settings.wrapUpSeconds,
      hotlineNumber: settings.hotline,
    },
    findCaller: (number) => findKnownCaller(db, number, clock()),
    isStaffNumber: async (number) => (await findStaff(db, number)) !== undefined,
    findCallback: (form) => findCallback(db, form),
    callerReached: createOwedCallbacks({ forms, findOwed: (number) => findOwedCallbacks(db, number) }),
    journal: openJournal(join(folder.path, 'callers.json'), callerKept, journalTrouble),
    newId: randomUUID,
    talkWatcher: recordings,
    access: {
      settings: settings.access,
      keeper,
      spool,
      lineRecords: openLineRecords(settings.lineRecords, settings.access.answerSeconds * 1000),
      freeMiB: () => freeMiB(spoolFolder),
    },
  });
  // A desk that was offline sends hundreds of changes at once.
  const countInboxes = oneAtATime(() =>
    forms.waiting().then(floor.inboxesChanged, (error: unknown) => log.error({ err: error }, 'inboxes not counted')),
  );
  // What has never been in an inbox comes into none.
  forms.onChanged(({ form }) => {
    if (form.work.state !== 'none') countInboxes();
  });
  countInboxes();
  const changes = await startTellingChanges({
    db,
    timers: { after: later },
    warn: (facts, message) => log.warn(facts, message),
  });
  forms.onChanged(changes.hear);
  const liveDesks = createLiveDesks({
    authentication,
    floor,
    callbackRules: settings.access.callbackRules,
    procedureRules,
    cacheRules: settings.cacheRules,
    changes,
    findPeople: (staffNumbers) => findPeople(db, staffNumbers),
    clock,
    warn: (facts, message) => log.warn(facts, message),
  });
  const knowledge = createKnowledge({ db, clock, onGrown: liveDesks.tellKnowledgeChanged });
  if (isNewDemo) await addDemoArticles(knowledge, clock());
  const deadlines = watchDeadlines({ db, forms, rules: settings.deadlines, clock, log });
  const metrics = createMetrics(floor.figures, telephony.figures);
  const app = await createApp({
    // A line a request would bury the calls; refusals and faults are still told.
    log: log.child({}, { level: 'warn' }),
    metrics,
    version: readVersion(),
    organs: [
      { name: 'database', isFit: async () => (await sql`select 1`.execute(db)).rows.length === 1 },
      // Without its prompts it would answer callers with silence.
      { name: 'switch', isFit: async () => telephony.trunkPort() > 0 && telephony.hasPrompt('music/hold') },
    ],
    session: { authentication, sipAccounts, sipDomain, clock },
    cacheKeys: {
      authentication,
      cacheKeys: createCacheKeys({ db, sealingKey: await readCacheKeysKey(folder.path), clock }),
    },
    sync: {
      authentication,
      push: createPush({
        records: takenTogether(sqlSyncRecords(db)),
        clock,
        rules: procedureRules,
        onChanged: forms.tellChanged,
        onStuck: (operation, error) => log.error({ operation, ...withoutWords(error) }, 'operation not taken'),
      }),
      pull: (after, limit, person) => pullChanges(db, after, limit, person),
      lookUp: (by, person) => lookUpForms(db, by, person),
      openSnapshot: (person, place) =>
        openSnapshot({ db, clock, rules: settings.cacheRules, formRules }, person, place),
      clock,
      countOutcome: metrics.countOperation,
    },
    attachments: { authentication, store: attachments, uploads, db, clock },
    knowledge: { authentication, db, knowledge },
    trustedProxies: settings.trustedProxies,
    ...(settings.publicPage && {
      publicPage: {
        forms,
        fileKeeper: createFileKeeper({ store: attachments, db, clock }),
        guests,
        files: await readPageFiles(builtPage),
        key: await readTokenKey(folder.path),
        sipDomain,
        hotline: settings.hotline,
        clock,
      },
    }),
    acceptLive: liveDesks.accept,
    acceptSip: telephony.acceptWebSocket,
  });
  const filing = setInterval(() => {
    spool.retry().catch((error: unknown) => log.error({ error }, 'messages could not be filed'));
    recordings.retry().catch((error: unknown) => log.error({ error }, 'recordings could not be filed'));
  }, fileMessagesEveryMs);
  const lookAtDeadlines = () => {
    deadlines.look().catch((error: unknown) => log.error({ error }, 'deadlines could not be looked at'));
  };
  const watching = setInterval(lookAtDeadlines, lookAtDeadlinesEveryMs);
  const tidying = setInterval(() => {
    recordings
      .prune()
      .then(() => uploads.prune(clock() - keepPartsMs))
      .then(records.tidyUp)
      .catch((error: unknown) => log.error({ error }, 'the records could not be tidied up'));
  }, tidyUpEveryMs);

  await spool.recover();
  await recordings.recover();
  await deadlines.begin();
  lookAtDeadlines();
  await telephony.start();
  await app.listen({ host: settings.bindAddress, port: settings.httpPort });
  const intake = await startIntake({
    settings: settings.intake,
    db,
    forms,
    store: attachments,
    registry: metrics.registry,
    clock,
    random: Math.random,
    log,
  });
  const segments = keepSegments({
    ...{ db, rules: formRules },
    onTrouble: (error) => log.error({ error }, 'a fill could not be prepared'),
  });
  const address = app.server.address();
  return {
    httpPort: typeof address === 'object' && address !== null ? address.port : settings.httpPort,
    sipPort: telephony.trunkPort(),
    stop: async () => {
      clearInterval(tidying);
      clearInterval(filing);
      clearInterval(watching);
      await segments.stop();
      await deadlines.stop();
      await intake.stop();
      liveDesks.stop();
      await changes.stop();
      floor.stop();
      ratings.stop();
      await recordings.stop();
      await telephony.stop();
      await app.close();
      await records.close();
      await folder.release();
    },
  };
};

const openRecords = (settings: Settings, folder: string): Promise<Records> =>
  settings.databaseUrl === undefined
    ? openEmbedded(join(folder, 'records'))
    : openPostgres(settings.databaseUrl, settings.databaseConnections);

const createUsualAuthentication = async (
  db: Records['db'],
  folder: string,
  clock: () => number,
): Promise<Authentication> =>
  createAuthentication({
    db,
    clock,
    accessTokens: createAccessTokens(await readTokenKey(folder)),
    passwords: await createPasswords(),
    accountThrottle: createThrottle({ tries: 10, windowMs: 5 * 60_000 }),
    addressThrottle: createThrottle({ tries: 50, windowMs: 5 * 60_000 }),
  });

const later = (delayMs: number, run: () => void): (() => void) => {
  // A centre that has stopped does not stay for what was due later.
  const timer = setTimeout(run, delayMs).unref();
  return () => clearTimeout(timer);
};

const readVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
};
