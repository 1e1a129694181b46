import { readFile } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { CentreForms } from '../forms/centre-forms.ts';
import type { AttachmentStore } from '../records/attachment-store.ts';
import type { Tables } from '../records/tables.ts';
import { createIntakeFigures } from './intake-figures.ts';
import type { AccountSettings, IntakeSettings } from './intake-settings.ts';
import { createFileKeeper } from './keep-file.ts';
import { mailOrigin } from './mail/mail-origin.ts';
import { type Mailbox, watchMailbox } from './mail/mailbox.ts';
import { findLetter } from './mail/outbox.ts';
import { letterOf, type OwnAddress, ownAddressOf } from './mail/own-letters.ts';
import { startPostOffice } from './mail/post-office.ts';
import { readMail, usualLimits } from './mail/read-mail.ts';
import { createSmtp, type MailAccount } from './mail/smtp.ts';
import { createMailTaker, type MailTaker } from './mail/take-mail.ts';
import type { ThreadSources } from './mail/thread.ts';
import { createScanTaker } from './scans/take-scan.ts';
import { type WatchedFolder, watchFolder } from './scans/watch-folder.ts';

/** What comes in written: e-mail, fax, scanned letters; and the letters the centre answers with (A1, A4). */
export interface Intake {
  /** Whether the mailbox, where one is set, is open. */
  readonly isMailFit: () => boolean;
  readonly stop: () => Promise<void>;
}

export interface IntakeParts {
  readonly settings: IntakeSettings;
  readonly db: Kysely<Tables>;
  readonly forms: CentreForms;
  readonly store: AttachmentStore;
  readonly registry: Registry;
  readonly clock: () => number;
  readonly random: () => number;
  readonly log: Logger;
}

export const startIntake = async (parts: IntakeParts): Promise<Intake> => {
  const { settings, db, forms, clock, random, log } = parts;
  const files = createFileKeeper({ store: parts.store, db, clock });
  const own = settings.from === undefined ? undefined : ownAddressOf(settings.from);

  const post = startPostOffice({
    db,
    forms,
    smtp: settings.smtp && own && createSmtp(await accountOf(settings.smtp), own, settings.fromName),
    confirmsReceipt: settings.confirmsReceipt,
    clock,
    random,
    log,
  });
  let mailbox: Mailbox | undefined;
  const figures = createIntakeFigures(parts.registry, {
    isMailConnected: () => mailbox?.state().phase === 'connected',
    isPostInTrouble: () => post.trouble() !== undefined,
    clock,
  });
  if (settings.imap && own) {
    const taker: MailTaker = createMailTaker({
      db,
      forms,
      files,
      threads: threadSources(db, forms, own),
      read: (raw, complete) => readMail(raw, { loopToken: own.loopToken, complete, limits: usualLimits }),
      confirm: post.confirm,
      originOf: (mail, receivedAt) => mailOrigin(mail, receivedAt, settings.faxGateways),
      clock,
    });
    mailbox = watchMailbox({
      settings: {
        ...(await accountOf(settings.imap)),
        folder: settings.imap.path || 'INBOX',
        processedFolder: settings.processedFolder,
        problemFolder: settings.problemFolder,
        maxMessageBytes: settings.maxMessageBytes,
      },
      taker,
      db,
      random,
      log,
      onTaken: ({ outcome, hasProblem, seenBefore }) => {
        figures.countMail(seenBefore ? 'seen-before' : outcome, hasProblem);
        post.wake();
      },
    });
  }
  const take = createScanTaker({ db, forms, files, clock });
  const folders: WatchedFolder[] = [];
  for (const [channel, folder] of [
    ['fax', settings.faxFolder],
    ['letter', settings.letterFolder],
  ] as const) {
    if (folder === undefined) continue;
    folders.push(
      await watchFolder({ folder, channel, take, log, onTaken: ({ hasProblem }) => figures.countScan(hasProblem) }),
    );
  }
  const stopHearing = forms.onChanged(({ form }) => {
    if (form.checkBacks.some(({ channel, sending }) => channel === 'e-mail' && sending === null)) post.wake();
  });
  return {
    isMailFit: () => mailbox === undefined || mailbox.state().phase === 'connected',
    stop: async () => {
      stopHearing();
      await mailbox?.stop();
      for (const folder of folders) await folder.stop();
      await post.stop();
    },
  };
};

const accountOf = async ({
  host,
  port,
  secure,
  user,
  password,
  passwordFile,
}: AccountSettings): Promise<MailAccount> => ({
  host,
  port,
  secure,
  user,
  password: passwordFile === undefined ? password : (await readFile(passwordFile, 'utf8')).trimEnd(),
});

const threadSources = (db: Kysely<Tables>, forms: CentreForms, own: OwnAddress): ThreadSources => ({
  findByOwnLetter: async (messageId) => {
    const id = letterOf(own, messageId);
    const letter = id === undefined ? undefined : await findLetter(db, id);
    return letter && { form: letter.form, checkBack: letter.kind === 'check-back' ? letter.id : null };
  },
  findById: forms.findById,
  findByNumber: forms.findByNumber,
  findByMessageId: forms.findByMessageId,
});
