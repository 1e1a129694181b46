import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { type Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Tables } from '../../records/tables.ts';
import { backOffMs } from '../back-off.ts';
import { forgetPlaces, type MailPlace, settledAt } from './mail-places.ts';
import { isLoopback, type MailAccount } from './smtp.ts';
import type { FetchedMail, MailTaker, Taken } from './take-mail.ts';

export interface MailboxSettings extends MailAccount {
  readonly folder: string;
  /** Where mails go once they are on a form; those with a problem go to the other. */
  readonly processedFolder: string;
  readonly problemFolder: string;
  /** Bytes; of a larger one only the beginning is fetched. */
  readonly maxMessageBytes: number;
}

export type MailboxState =
  | { readonly phase: 'connecting' | 'connected' }
  | { readonly phase: 'waiting-to-reconnect'; readonly why: string };

/** Reads one mailbox for as long as it runs. */
export interface Mailbox {
  readonly state: () => MailboxState;
  readonly stop: () => Promise<void>;
}

export interface MailboxParts {
  readonly settings: MailboxSettings;
  readonly taker: MailTaker;
  readonly db: Kysely<Tables>;
  readonly random: () => number;
  readonly log: Logger;
  readonly onTaken: (taken: Taken) => void;
  readonly reconnect?: { readonly firstMs: number; readonly ceilingMs: number };
}

const usualReconnect = { firstMs: 1_000, ceilingMs: 60_000 };
/** Besides IDLE: a server that forgets to tell is asked. */
const pollMs = 60_000;
/** Enough for header and the first words of a mail that is too large. */
const beginningBytes = 1024 * 1024;
/** Mails up to this many bytes together are fetched in one go. */
const batchBytes = 4 * 1024 * 1024;
const batchCount = 50;
const triesBeforeUnread = 3;

export const watchMailbox = (parts: MailboxParts): Mailbox => {
  const { settings, taker, db, log } = parts;
  const stopping = new AbortController();
  let state: MailboxState = { phase: 'connecting' };
  let client: ImapFlow | undefined;
  let hasNews = false;
  let tellNews = (): void => undefined;
  const failuresByUid = new Map<number, number>();

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        state = { phase: 'connecting' };
        await session(() => {
          failures = 0;
          state = { phase: 'connected' };
        });
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        const why = error instanceof Error ? error.message : String(error);
        state = { phase: 'waiting-to-reconnect', why };
        log.warn({ error, failures }, 'the mailbox cannot be read');
        const waitMs = backOffMs(failures, parts.random(), parts.reconnect ?? usualReconnect);
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };

  /** One connection, until it breaks. */
  const session = async (onConnected: () => void): Promise<void> => {
    const imap = new ImapFlow({
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      // Passwords and customers' letters cross no network in the clear.
      ...(settings.secure || isLoopback(settings.host) ? {} : { doSTARTTLS: true }),
      auth: { user: settings.user, pass: settings.password },
      logger: false,
      autoIdleDelay: 300,
      maxIdleTime: 4 * 60_000,
      connectionTimeout: 20_000,
      maxLiteralSize: settings.maxMessageBytes + beginningBytes,
      maxResponseSize: settings.maxMessageBytes + 4 * batchBytes + beginningBytes,
    });
    client = imap;
    let broken: Error | undefined;
    const onBroken = (error?: Error) => {
      broken ??= error ?? new Error('the mail server closed the connection');
      tellNews();
    };
    imap.on('error', onBroken);
    imap.on('close', () => onBroken());
    imap.on('exists', () => {
      hasNews = true;
      tellNews();
    });
    try {
      await imap.connect();
      const folders = {
        processed: await folderOf(imap, settings.processedFolder),
        problem: await folderOf(imap, settings.problemFolder),
      };
      const opened = await imap.mailboxOpen(settings.folder);
      const place = {
        mailbox: `${settings.user}@${settings.host}/${opened.path}`,
        uidValidity: Number(opened.uidValidity),
      };
      onConnected();
      log.info({ mailbox: opened.path, mails: opened.exists }, 'reading the mailbox');
      for (;;) {
        hasNews = false;
        await drain(imap, place, folders);
        if (!hasNews) await news();
        if (stopping.signal.aborted) return;
        if (broken) throw broken;
      }
    } finally {
      client = undefined;
      imap.close();
    }
  };

  const news = async (): Promise<void> => {
    const waiting = new AbortController();
    const told = new Promise<void>((resolve) => {
      tellNews = resolve;
    });
    const signal = AbortSignal.any([stopping.signal, waiting.signal]);
    await Promise.race([told, sleep(pollMs, undefined, { signal }).catch(() => undefined)]);
    waiting.abort();
    tellNews = () => undefined;
  };

  /** Takes all that lies in the folder, and moves each away once it is on its form. */
  const drain = async (
    imap: ImapFlow,
    place: Omit<MailPlace, 'uid'>,
    folders: { readonly processed: string; readonly problem: string },
  ): Promise<void> => {
    const move = async (uids: readonly number[], folder: string): Promise<void> => {
      if (uids.length === 0) return;
      // Not moved is no harm: it is known, and moved when it is seen again.
      if ((await imap.messageMove([...uids], folder, { uid: true })) === false)
        throw new Error(`mails could not be moved to ${folder}`);
      await forgetPlaces(db, place, uids);
    };
    const settled = await settledAt(db, place);
    const found = await imap.search({ all: true }, { uid: true });
    const uids = found || [];
    const here = uids.filter((uid) => settled.has(uid));
    await move(
      here.filter((uid) => !settled.get(uid)?.hasProblem),
      folders.processed,
    );
    await move(
      here.filter((uid) => settled.get(uid)?.hasProblem),
      folders.problem,
    );

    for await (const batch of batches(
      imap,
      uids.filter((uid) => !settled.has(uid)),
      settings.maxMessageBytes,
    )) {
      const fine: number[] = [];
      const odd: number[] = [];
      for (const mail of batch) {
        if (stopping.signal.aborted) break;
        const fetched: FetchedMail = { ...mail, place: { ...place, uid: mail.uid } };
        const taken = await takeOne(fetched);
        if (!taken) continue;
        parts.onTaken(taken);
        (taken.hasProblem ? odd : fine).push(mail.uid);
      }
      await move(fine, folders.processed);
      await move(odd, folders.problem);
      if (stopping.signal.aborted) return;
    }
  };

  const takeOne = async (mail: FetchedMail): Promise<Taken | undefined> => {
    const { uid } = mail.place;
    const failures = failuresByUid.get(uid) ?? 0;
    const isHopeless = failures >= triesBeforeUnread;
    try {
      const taken = isHopeless ? await taker.takeUnread(mail, 'it could not be taken') : await taker.take(mail);
      failuresByUid.delete(uid);
      return taken;
    } catch (error) {
      // No fault of the mail where the records are down: the whole session waits and comes again.
      await sql`select 1`.execute(db);
      failuresByUid.set(uid, isHopeless ? 0 : failures + 1);
      log.error({ error, uid }, 'a mail could not be taken, it stays in the mailbox for now');
      hasNews = true;
      await sleep(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
      return undefined;
    }
  };

  const running = run();
  return {
    state: () => state,
    stop: async () => {
      stopping.abort();
      client?.close();
      await running;
    },
  };
};

/** Made where it is missing; its path in the server's own way of writing. */
const folderOf = async (imap: ImapFlow, name: string): Promise<string> => (await imap.mailboxCreate(name)).path;

interface Fetched {
  readonly uid: number;
  readonly raw: Buffer;
  readonly complete: boolean;
  readonly size: number;
  readonly receivedAt: number;
}

async function* batches(
  imap: ImapFlow,
  uids: readonly number[],
  maxMessageBytes: number,
): AsyncGenerator<readonly Fetched[]> {
  for (let at = 0; at < uids.length; at += batchCount) {
    const range = uids.slice(at, at + batchCount);
    const sizes = await imap.fetchAll([...range], { uid: true, size: true, internalDate: true }, { uid: true });
    let group: number[] = [];
    let bytes = 0;
    for (const { uid, size = 0 } of sizes) {
      if (size > batchBytes) {
        const cut = size > maxMessageBytes;
        yield await fetchMails(imap, [uid], cut ? { start: 0, maxLength: beginningBytes } : true);
        continue;
      }
      if (bytes + size > batchBytes) {
        yield await fetchMails(imap, group, true);
        group = [];
        bytes = 0;
      }
      group.push(uid);
      bytes += size;
    }
    if (group.length > 0) yield await fetchMails(imap, group, true);
  }
}

const fetchMails = async (
  imap: ImapFlow,
  uids: readonly number[],
  source: true | { readonly start: number; readonly maxLength: number },
): Promise<readonly Fetched[]> => {
  const query = { uid: true, size: true, internalDate: true, source };
  const mails = await imap.fetchAll([...uids], query, { uid: true });
  return mails.map(({ uid, size = 0, source: raw = Buffer.alloc(0), internalDate }) => ({
    uid,
    raw,
    complete: source === true,
    size,
    receivedAt: internalDate === undefined ? 0 : new Date(internalDate).getTime(),
  }));
};
