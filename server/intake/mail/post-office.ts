import type { Kysely, Transaction } from 'kysely';
import type { Logger } from 'pino';
import { v7 as newId } from 'uuid';
import type { Form } from '../../../domain/forms/form.ts';
import type { CentreForms } from '../../forms/centre-forms.ts';
import type { Tables } from '../../records/tables.ts';
import { backOffMs } from '../back-off.ts';
import { checkBackLetter, type LetterText, languageOf, receiptLetter } from './letter-texts.ts';
import {
  addLetter,
  askedByMail,
  countLettersTo,
  type Letter,
  markTold,
  nextDueAt,
  postponeLetter,
  settleInterrupted,
  settleLetter,
  takeNextLetter,
  type Untold,
  untoldLetters,
} from './outbox.ts';
import type { ReadMail } from './read-mail.ts';
import type { Smtp } from './smtp.ts';

/** Sends what the centre has to write: check-backs asked on forms (A4), and confirmations of receipt. */
export interface PostOffice {
  /** Puts the confirmation of receipt into the outbox; it goes only if the transaction does. */
  readonly confirm: (transaction: Transaction<Tables>, form: Form, mail: ReadMail, id: string) => Promise<void>;
  /** Something may have to be sent. */
  readonly wake: () => void;
  /** What could not be sent the last time it was tried, in the mail server's words. */
  readonly trouble: () => string | undefined;
  readonly stop: () => Promise<void>;
}

export interface PostOfficeParts {
  readonly db: Kysely<Tables>;
  readonly forms: CentreForms;
  /** Absent: no mail server is set, and every check-back by e-mail is told so. */
  readonly smtp: Smtp | undefined;
  readonly confirmsReceipt: boolean;
  readonly clock: () => number;
  readonly random: () => number;
  readonly log: Logger;
  readonly tries?: { readonly firstMs: number; readonly ceilingMs: number };
}

const usualTries = { firstMs: 30_000, ceilingMs: 30 * 60_000 };
/** A letter that nobody takes for so long is told as failed: the customer waits. */
const giveUpMs = 48 * 60 * 60_000;
const lookAgainMs = 30_000;
/** A robot that slips through every sign gets no more than these. */
const receiptsADay = 3;
const dayMs = 24 * 60 * 60_000;

export const startPostOffice = (parts: PostOfficeParts): PostOffice => {
  const { db, forms, smtp, clock, log } = parts;
  const tries = parts.tries ?? usualTries;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  let trouble: string | undefined;

  const collect = async (): Promise<void> => {
    for (const asked of await askedByMail(db)) {
      const form = await forms.findById(asked.form);
      if (!form) continue;
      const language = languageOf(`${form.fields.text}${asked.question}`);
      const text = checkBackLetter({ number: form.number, question: asked.question, language });
      await addLetter(db, {
        ...letterOn(form, text, clock()),
        id: asked.id,
        kind: 'check-back',
        recipient: asked.to,
      });
    }
  };

  const send = async (letter: Letter): Promise<void> => {
    const handed = smtp ? await smtp.hand(letter) : ({ outcome: 'refused', words: 'no mail server is set' } as const);
    const now = clock();
    trouble = handed.outcome === 'sent' ? undefined : handed.words;
    switch (handed.outcome) {
      case 'sent':
        return settleLetter(db, letter.id, 'sent', now, '');
      case 'refused':
        return settleLetter(db, letter.id, 'failed', now, handed.words);
      case 'unsure':
        return settleLetter(db, letter.id, 'unsure', now, handed.words);
      case 'later': {
        if (now - letter.madeAt > giveUpMs) return settleLetter(db, letter.id, 'failed', now, handed.words);
        return postponeLetter(db, letter.id, now + backOffMs(letter.tries, parts.random(), tries), handed.words);
      }
      default:
        return handed satisfies never;
    }
  };

  const tell = async ({ letter, outcome, at, error }: Untold): Promise<void> => {
    if (letter.kind === 'check-back') {
      const told = await forms.perform({
        operation: letter.operation,
        form: letter.form,
        kind: 'form.check-back-sent',
        payload: { id: letter.id, outcome, at, detail: error.slice(0, 500) },
      });
      if (!told.ok)
        log.error({ letter: letter.id, refusal: told.error.code }, 'a letter could not be told on its form');
    }
    await markTold(db, letter.id);
  };

  const work = async (): Promise<void> => {
    await collect();
    for (;;) {
      for (const untold of await untoldLetters(db)) await tell(untold);
      const letter = isStopped ? undefined : await takeNextLetter(db, clock());
      if (!letter) return;
      await send(letter);
    }
  };

  const wake = (): void => {
    if (isStopped) return;
    isWanted = true;
    round ??= rounds();
  };

  const rounds = async (): Promise<void> => {
    while (isWanted && !isStopped) {
      isWanted = false;
      clearTimeout(timer);
      let dueAt: number | undefined;
      try {
        await work();
        dueAt = await nextDueAt(db);
      } catch (error) {
        log.error({ error }, 'the post office could not do its round');
      }
      const waitMs = dueAt === undefined ? lookAgainMs : Math.min(lookAgainMs, Math.max(0, dueAt - clock()));
      timer = setTimeout(wake, waitMs).unref();
    }
    // In the same breath as the last look at `isWanted`: a wake-up in between would be lost.
    round = undefined;
  };

  isWanted = true;
  round = settleInterrupted(db, clock())
    .then((interrupted) => {
      if (interrupted > 0) log.warn({ interrupted }, 'letters that may have been sent before the centre stopped');
      return rounds();
    })
    .catch((error: unknown) => {
      log.error({ error }, 'the post office could not begin');
      round = undefined;
    });

  return {
    confirm: async (transaction, form, mail, id) => {
      if (!parts.confirmsReceipt || !smtp || mail.from === '') return;
      const now = clock();
      if ((await countLettersTo(transaction, 'receipt', mail.from, now - dayMs)) >= receiptsADay) return;
      const text = receiptLetter({ number: form.number, language: languageOf(`${mail.subject}${mail.text}`) });
      await addLetter(transaction, { ...letterOn(form, text, now), id, kind: 'receipt', recipient: mail.from });
    },
    wake,
    trouble: () => trouble,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
};

const letterOn = (form: Form, text: LetterText, madeAt: number) => ({
  form: form.id,
  operation: newId(),
  subject: text.subject,
  body: text.body,
  // In the customer's own thread of letters, where there is one.
  inReplyTo: form.received.at(-1)?.messageId ?? (form.origin.via === 'e-mail' ? form.origin.messageId : ''),
  madeAt,
});
