import type { Kysely, Transaction } from 'kysely';
import type { Attachment } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { MailProblem, Origin } from '../../../domain/forms/origin.ts';
import type { CentreForms } from '../../forms/centre-forms.ts';
import { maxAttachmentBytes } from '../../records/attachment-store.ts';
import type { Tables } from '../../records/tables.ts';
import type { FileKeeper, IncomingFile } from '../keep-file.ts';
import { plainText } from '../plain-text.ts';
import { relatedId } from '../related-id.ts';
import { type Begun, begin, settle, type TakenOutcome } from '../taken-in.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type MailPlace, rememberPlace } from './mail-places.ts';
import type { ReadMail } from './read-mail.ts';
import { findThread, type Thread, type ThreadSources } from './thread.ts';

/** A mail as it lies in the mailbox; `complete`: false where only the beginning of a too large one was fetched. */
export interface FetchedMail {
  readonly place: MailPlace;
  readonly raw: Buffer;
  readonly complete: boolean;
  /** Bytes of the whole. */
  readonly size: number;
  readonly receivedAt: number;
}

export interface Taken {
  readonly outcome: TakenOutcome;
  readonly hasProblem: boolean;
  /** Taken before: a second copy, or the crash came between the taking and the moving away. */
  readonly seenBefore: boolean;
}

/** Makes of a mail what it is: a form, or a piece of one. Safe to ask again, after a crash too. */
export interface MailTaker {
  readonly take: (mail: FetchedMail) => Promise<Taken>;
  /** For a mail that taking fails on again and again: a form with the original on it, and nothing else asked of it. */
  readonly takeUnread: (mail: FetchedMail, why: string) => Promise<Taken>;
}

export interface MailTakerParts {
  readonly db: Kysely<Tables>;
  readonly forms: CentreForms;
  readonly files: FileKeeper;
  readonly threads: ThreadSources;
  readonly read: (raw: Buffer, complete: boolean) => Promise<ReadMail>;
  /** Puts the confirmation of receipt into the outbox, in the transaction that settles the mail. */
  readonly confirm: (transaction: Transaction<Tables>, form: Form, mail: ReadMail, id: string) => Promise<void>;
  /** Fax gateways: what comes from these addresses is a fax. */
  readonly originOf: (mail: ReadMail, receivedAt: number) => Origin;
  readonly clock: () => number;
}

export const createMailTaker = (parts: MailTakerParts): MailTaker => {
  const { forms } = parts;

  const conclude = async (begun: Begun, outcome: TakenOutcome, mail: ReadMail, opened?: Form): Promise<Taken> => {
    const hasProblem = mail.problem !== null;
    await parts.db.transaction().execute(async (transaction) => {
      await settle(transaction, begun.fingerprint, { outcome, hasProblem });
      if (opened && mail.nature.is === 'personal' && mail.nature.mayConfirm) {
        await parts.confirm(transaction, opened, mail, relatedId(begun.operation, 'receipt'));
      }
    });
    return { outcome, hasProblem, seenBefore: false };
  };

  const open = async (begun: Begun, mail: ReadMail, fetched: FetchedMail): Promise<Taken> => {
    const files = [...mail.files, ...longText(mail), ...(mail.problem ? [original(fetched)] : [])];
    const origin = parts.originOf(mail, fetched.receivedAt);
    const opened = await forms.open({
      form: begun.form,
      operation: begun.operation,
      kind: 'complaint',
      origin,
      fields: { callerName: mail.fromName.slice(0, 100), text: plainText(mail.text, maxFieldLength) },
      attachments: await keepAll(begun, files),
    });
    if (!opened.ok) throw new Error(`a mail opened no form: ${opened.error.code}`);
    if (mail.nature.is === 'personal') return conclude(begun, 'opened', mail, opened.value);
    // Kept where it can be found, out of the way of those who wait for an answer.
    const reason = mail.nature.is === 'bounce' ? 'auto-reply: bounce' : `auto-reply: ${mail.nature.sign}`;
    await must(
      forms.perform({
        operation: relatedId(begun.operation, 'set-aside'),
        form: begun.form,
        kind: 'form.set-aside',
        payload: { reason },
      }),
    );
    return conclude(begun, 'set-aside', mail);
  };

  const keepAll = async (begun: Begun, files: readonly IncomingFile[]): Promise<readonly Attachment[]> => {
    const kept: Attachment[] = [];
    for (const [index, file] of files.entries())
      kept.push(await parts.files.keep(file, relatedId(begun.operation, `file-${index}`)));
    return kept;
  };

  const putOn = async (begun: Begun, thread: Thread, mail: ReadMail, fetched: FetchedMail): Promise<Taken> => {
    const files = [...mail.files, ...longText(mail), ...(mail.problem ? [original(fetched)] : [])];
    if (thread.form.attachments.length + files.length > maxAttachments) return open(begun, mail, fetched);
    await must(
      forms.perform({
        operation: begun.operation,
        form: thread.form.id,
        kind: 'form.receive',
        payload: {
          mail: {
            from: mail.from,
            fromName: mail.fromName,
            subject: mail.subject,
            messageId: mail.messageId,
            receivedAt: fetched.receivedAt,
            text: plainText(mail.text, maxFieldLength) || '–',
            problem: mail.problem,
          },
          attachments: await keepAll(begun, files),
          checkBack: thread.checkBack,
        },
      }),
    );
    return conclude(begun, 'threaded', mail);
  };

  /** Out of office, or undeliverable: to be seen on the form, yet it answers nothing. */
  const noteOn = async (begun: Begun, thread: Thread, mail: ReadMail): Promise<Taken> => {
    const { nature } = mail;
    if (nature.is === 'bounce' && nature.final && thread.checkBack !== null) {
      await must(
        forms.perform({
          operation: begun.operation,
          form: thread.form.id,
          kind: 'form.check-back-sent',
          payload: { id: thread.checkBack, outcome: 'failed', at: parts.clock(), detail: nature.detail },
        }),
      );
    } else {
      const what = nature.is === 'bounce' ? nature.detail : mail.text;
      await must(
        forms.perform({
          operation: begun.operation,
          form: thread.form.id,
          kind: 'form.note',
          payload: { text: plainText(`${mail.subject}\n${what}`, 4_000).trim() || mail.from },
        }),
      );
    }
    return conclude(begun, 'noted', mail);
  };

  const see = async (fetched: FetchedMail): Promise<Begun> => {
    const begun = await begin(parts.db, fingerprintOf(fetched.raw, fetched.size), parts.clock());
    await rememberPlace(parts.db, fetched.place, begun.fingerprint);
    return begun;
  };

  const before = ({ outcome, hasProblem }: Begun): Taken | undefined =>
    outcome === null ? undefined : { outcome, hasProblem, seenBefore: true };

  return {
    take: async (fetched) => {
      const begun = await see(fetched);
      const known = before(begun);
      if (known) return known;
      const mail = await parts.read(fetched.raw, fetched.complete);
      // A form opened before the crash: found by its mail's own Message-ID, it would be taken for the thread.
      const isOpened = (await forms.findById(begun.form)) !== undefined;
      const thread = isOpened ? undefined : await findThread(mail, parts.threads);
      if (!thread) return open(begun, mail, fetched);
      return mail.nature.is === 'personal' ? putOn(begun, thread, mail, fetched) : noteOn(begun, thread, mail);
    },
    takeUnread: async (fetched, why) => {
      const begun = await see(fetched);
      return before(begun) ?? open(begun, unread({ code: 'broken-mime', detail: plainText(why, 500) }), fetched);
    },
  };
};

const maxFieldLength = 20_000;
const maxAttachments = 50;

const must = async (performed: ReturnType<CentreForms['perform']>): Promise<void> => {
  const result = await performed;
  if (!result.ok) throw new Error(`a mail could not be put on its form: ${result.error.code}`);
};

/** What does not fit into the form's field. */
const longText = (mail: ReadMail): readonly IncomingFile[] =>
  mail.text.length <= maxFieldLength
    ? []
    : [{ name: 'text.txt', mediaType: 'text/plain', bytes: Buffer.from(mail.text) }];

/** The mail as it came, so that no reading of ours is the last word on it. */
const original = ({ raw, complete }: FetchedMail): IncomingFile => ({
  name: complete && raw.length <= maxAttachmentBytes ? 'original.eml' : 'original-beginning.eml',
  mediaType: 'message/rfc822',
  bytes: raw.subarray(0, maxAttachmentBytes),
});

const unread = (problem: MailProblem): ReadMail => ({
  from: '',
  fromName: '',
  to: '',
  subject: '',
  messageId: '',
  references: [],
  text: '',
  files: [],
  // Never answered: nobody knows to whom.
  nature: { is: 'personal', mayConfirm: false },
  returned: [],
  problem,
});
