import { join } from 'node:path';
import { type Person, routes } from '../../contract/http.ts';
import type { SyncStatus } from '../../contract/ipc.ts';
import type { FromServer, SeatView } from '../../contract/live.ts';
import type { MaskedField } from '../../domain/forms/procedure/procedure.ts';
import type { Scope } from '../../domain/sync/scope.ts';
import { createCountWatch } from '../cache/count-watch.ts';
import { countDesks } from '../cache/desk-counts.ts';
import { takeCallbackRules, takeProcedureRules } from '../cache/form-views.ts';
import { countInboxes } from '../cache/inbox-counts.ts';
import type { Sight } from '../cache/masked-views.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import { keepSpare } from '../cache/repair/keep-spare.ts';
import type { Author } from '../cache/store/act.ts';
import { createDeskFiles, type DeskFiles } from '../files/desk-files.ts';
import { createFetchAhead } from '../files/fetch-ahead.ts';
import { createProgressTeller } from '../files/progress-teller.ts';
import { createUploads } from '../files/uploads.ts';
import type { Broadcast } from '../ipc/broadcast.ts';
import { pullArticles } from '../knowledge/pull-articles.ts';
import { createDeskRecordings, type DeskRecordings } from '../recordings/desk-recordings.ts';
import { type Api, createApi } from '../sync/api.ts';
import { createSync, type Sync } from '../sync/create-sync.ts';
import { createHttpCentreLink } from '../sync/http-centre-link.ts';
import { createLiveLink, type LiveLink } from '../sync/live-link.ts';
import { readFrame } from '../sync/read-frame.ts';
import { openSyncJournal, type SyncJournal } from '../sync/sync-journal.ts';
import { createTokenKeeper, type TokenKeeper } from '../sync/token-keeper.ts';
import { forgiveDisk, unlessDiskTrouble } from '../sync/trouble.ts';
import { giveBackMemory } from '../system/give-back-memory.ts';
import { createTransferLink, type TransferLink } from '../transfer/transfer-link.ts';
import type { KeyKeeping, Vault } from '../vault/unlock-vault.ts';
import { askCentre, type SignInAnswer } from './ask-centre.ts';
import { depositKey } from './deposit-key.ts';
import { rememberSignIn } from './sign-in.ts';

/** Everything that lives from sign-in to sign-out. */
export interface Workplace {
  readonly cache: Cache;
  readonly files: DeskFiles;
  readonly recordings: DeskRecordings;
  readonly api: Api;
  readonly tokens: TokenKeeper;
  readonly sync: Sync;
  readonly journal: SyncJournal;
  readonly live: LiveLink;
  /** The roles may change with the first answer of the centre after an offline start. */
  readonly person: () => Person;
  readonly offline: () => boolean;
  readonly seat: () => SeatView | undefined;
  readonly transfers: TransferLink;
  /** How the key of the cache is kept on this desk. */
  readonly keyKeptBy: () => KeyKeeping;
  /** The session is over, and the cache is closed. */
  readonly hasLeft: () => boolean;
  readonly author: () => Author;
  /** What the one who is signed in may see of personal data now. */
  readonly sight: () => Sight;
  /** From now to sign-out these fields of the form are shown; the operation that says so is already kept. */
  readonly unmask: (form: string, fields: readonly MaskedField[]) => void;
  /** A form as the screen shows it has changed. */
  readonly tellFormChanged: (form: string) => void;
  readonly leave: () => Promise<void>;
}

export const enterWorkplace = (options: {
  readonly cache: Cache;
  readonly vault: Vault;
  readonly server: string;
  readonly person: Person;
  readonly password: string;
  readonly tokens: SignInAnswer['tokens'] | undefined;
  readonly broadcast: Broadcast;
  readonly now: () => number;
  readonly random: () => number;
  /** Contact ids of the calls that are up; absent: there is no phone. */
  readonly callsInHand?: () => readonly string[];
}): Workplace => {
  const { cache, vault, server, broadcast, now, random } = options;
  const leaving = new AbortController();
  const api = createApi({ server, fetch, signal: leaving.signal });
  const serverNow = (): number => now() + cache.database.read(readMeta).clock_offset_ms;
  let person = options.person;
  let knownToCentre = options.tokens !== undefined;
  let seat: SeatView | undefined;
  let left = false;
  const unmasked = new Map<string, readonly MaskedField[]>();
  let depositing: Promise<void> = Promise.resolve();
  const depositWith = (accessToken: string): void => {
    // Not ended by a quick sign-out: without it a password changed at the centre would lock the person out here.
    depositing = depositKey(vault, createApi({ server, fetch, timeoutMs: depositMs }), accessToken).catch(forgiveDisk);
  };

  const tell: Broadcast = (name, payload) => {
    if (!left) broadcast(name, payload);
  };
  const tokens = createTokenKeeper({
    api,
    device: () => cache.database.read(readMeta).device,
    signIn: () => askCentre(cache, api, { staffNumber: person.staffNumber, password: options.password }),
    tokens: options.tokens,
    now: serverNow,
    onSignedIn: (answer) => {
      if (left) return;
      person = answer.person;
      knownToCentre = true;
      // A full disk costs the next start without a network what has changed in the person's roles, and nothing more.
      unlessDiskTrouble(() => rememberSignIn(cache, answer, now()));
      depositWith(answer.tokens.accessToken);
      tell('session.changed', { person, offline: false });
    },
  });
  const author = (): Author => ({ ...person, now: serverNow() });
  const inboxes = createCountWatch({
    count: () => cache.database.read((reads) => countInboxes(reads, author())),
    tell: (counts) => tell('inbox.changed', counts),
  });
  const desks = createCountWatch({
    count: () => cache.database.read((reads) => countDesks(reads, author())),
    tell: (counts) => tell('desk.changed', counts),
  });
  const lookAtCounts = (): void => {
    inboxes.look();
    desks.look();
  };
  const tellFormChanged = (form: string): void => {
    tell('form.changed', { form });
    lookAtCounts();
  };
  let rulesToTake: Extract<FromServer, { readonly type: 'welcome' }> | undefined;
  /** What the centre goes by; kept at the next best moment where the disk is full now. */
  const takeRules = (): void => {
    const rules = rulesToTake;
    if (!rules) return;
    const callbacks = unlessDiskTrouble(() =>
      cache.database.write((writes) => {
        takeProcedureRules(writes, rules.procedureRules);
        writes.run('UPDATE meta SET cache_rules = ?', JSON.stringify(rules.cacheRules));
        return takeCallbackRules(writes, rules.callbackRules);
      }),
    );
    if (!callbacks) return;
    rulesToTake = undefined;
    callbacks.forEach(tellFormChanged);
  };
  const files = createDeskFiles({
    cache,
    api,
    tokens,
    person: () => person,
    now,
    onProgress: createProgressTeller(now, tell),
  });
  const recordings = createDeskRecordings({
    database: cache.database,
    files,
    api,
    tokens,
    person: () => person,
    now,
  });
  const uploads = createUploads({ cache, api, tokens, now, onReady: () => sync.kick() });
  const journal = openSyncJournal({ file: join(cache.folder, 'sync-journal.json'), now });
  const sync = createSync({
    cache,
    journal,
    centre: createHttpCentreLink({ uploads, api, tokens }),
    pullArticles: () => pullArticles({ cache, api, tokens, onChanged: () => tell('knowledge.changed', {}) }),
    person: () => person,
    now,
    random,
    giveBackMemory,
    onFormsChanged: (forms) => {
      if (forms.size > toldOneByOne) tell('form.changed', { form: null });
      else for (const form of forms) tell('form.changed', { form });
      lookAtCounts();
    },
    onStatus: (status: SyncStatus) => {
      journal.noteState(status);
      tell('sync.changed', status);
      if (status.link === 'online') void recordings.look();
      if (status.link === 'online' && status.pending === 0 && status.unindexed === 0) void fetchAhead.look();
      takeRules();
      // Told at least at every poll: so often the time for a reminder may have come.
      lookAtCounts();
    },
  });
  const fetchAhead = createFetchAhead({
    database: cache.database,
    files,
    person: () => person,
    // A talk comes first: its sound may share the line.
    isIdle: () => (options.callsInHand?.() ?? []).length === 0,
  });
  let frames: Promise<void> = Promise.resolve();
  /** Of which forms the line tells; the centre names it when it greets. */
  let told: Scope | undefined;
  const live = createLiveLink({
    server,
    tokens,
    random,
    onMessage: (message) => hear(message),
    onFrame: (bytes) => {
      const scope = told;
      if (scope === undefined) return;
      // One after another: each begins where the one before it ends.
      frames = frames.then(() => readFrame(bytes, scope)).then((frame) => (frame ? sync.hear(frame) : sync.kick()));
    },
    onLost: () => {
      seat = undefined;
      told = undefined;
      tell('seat.changed', null);
      sync.kick();
    },
  });
  const transfers = createTransferLink({
    send: (message) => live.send(message),
    onChanged: (transfer) => tell('transfer.changed', transfer),
  });
  const hear = (message: FromServer): void => {
    if (left) return;
    switch (message.type) {
      case 'welcome':
        seat = message.seat;
        told = message.scope;
        rulesToTake = message;
        takeRules();
        tell('seat.changed', seat);
        tell('queue.changed', { waiting: message.waiting });
        sync.kick();
        return;
      case 'seat.changed':
        seat = message.seat;
        tell('seat.changed', seat);
        return;
      case 'queue.changed':
        tell('queue.changed', { waiting: message.waiting });
        return;
      case 'forms.changed':
      case 'knowledge.changed':
        sync.kick();
        return;
      case 'transfer.changed':
        transfers.hear(message.transfer);
        return;
      case 'pong':
        return;
      default:
        message satisfies never;
    }
  };
  const spare = keepSpare(cache, vault.key);
  sync.kick();
  if (options.tokens) depositWith(options.tokens.accessToken);

  return {
    cache,
    files,
    recordings,
    api,
    tokens,
    sync,
    journal,
    live,
    person: () => person,
    offline: () => !knownToCentre,
    seat: () => seat,
    transfers,
    keyKeptBy: vault.keyKeptBy,
    hasLeft: () => left,
    author,
    sight: () => ({
      ...person,
      callsInHand: options.callsInHand?.() ?? [],
      unmasked: (form) => unmasked.get(form) ?? [],
    }),
    unmask: (form, fields) => {
      unmasked.set(form, [...(unmasked.get(form) ?? []), ...fields]);
    },
    tellFormChanged,
    leave: async () => {
      left = true;
      inboxes.stop();
      desks.stop();
      live.send({ type: 'seat.event', event: 'sign-out' });
      live.stop();
      // What is on its way may have arrived or not: the outbox still has it, and the centre knows a repeat.
      leaving.abort();
      await Promise.all([sync.stop(), uploads.stop(), fetchAhead.stop(), recordings.stop()]);
      journal.flush();
      spare.stop();
      await depositing;
      cache.database.close();
      const accessToken = tokens.inHand();
      if (accessToken) await createApi({ server, fetch, timeoutMs: signOutMs }).call(routes.signOut, { accessToken });
    },
  };
};

/** Of more forms at once than this the screen reads anew whatever it shows. */
const toldOneByOne = 20;

/** One small request. */
const depositMs = 5_000;

/** A session that the centre does not hear the end of ends by itself; the next person waits no longer for it. */
const signOutMs = 2_000;
