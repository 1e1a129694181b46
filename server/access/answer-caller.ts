import type { FaultKind } from '../../domain/access/fault-kinds.ts';
import type { MessageEnding, VoiceCallEvent } from '../../domain/access/voice-call.ts';
import { createThrottle } from '../api/throttle.ts';
import type { Contact } from '../floor/contact.ts';
import type { Clock, Log, Timers } from '../floor/parts.ts';
import type { AccessParts } from './access-parts.ts';
import type { CallerMessage } from './caller-message.ts';

/** What a caller waits for, as the event that tells the outcome; each comes within the time set. */
export interface Questions {
  readonly keepCallback: (contact: Contact, number: string) => Promise<VoiceCallEvent>;
  readonly keepMessage: (message: CallerMessage, ending: MessageEnding) => Promise<VoiceCallEvent>;
  readonly bookFault: (contact: Contact, line: string, kind: FaultKind) => Promise<VoiceCallEvent>;
  readonly findLine: (line: string) => Promise<VoiceCallEvent>;
  readonly readBill: (line: string, password: string) => Promise<VoiceCallEvent>;
}

/** Wrong passwords for a line, by whomever: then it is refused unseen for the rest of the hour. */
const passwordTries = { tries: 9, windowMs: 60 * 60_000 };

export const answerCaller = (parts: {
  readonly access: AccessParts;
  readonly timers: Timers;
  readonly log: Log;
  readonly clock: Clock;
}): Questions => {
  const { access, timers, log, clock } = parts;
  const throttle = createThrottle(passwordTries);

  /** The answer, or `otherwise` where there is none in time or it failed; what failed is logged. */
  const inTime = (
    what: string,
    question: Promise<VoiceCallEvent>,
    otherwise: VoiceCallEvent,
  ): Promise<VoiceCallEvent> =>
    new Promise((resolve) => {
      const stopTimer = timers.after(access.settings.answerSeconds * 1000, () => {
        log.error({ what }, 'no answer came while a caller waited');
        resolve(otherwise);
      });
      question
        .catch((error: unknown): VoiceCallEvent => {
          log.error({ err: error, what }, 'what a caller asked for failed');
          return otherwise;
        })
        .then((event) => {
          stopTimer();
          resolve(event);
        });
    });

  return {
    keepCallback: (contact, number) =>
      inTime(
        'callback',
        access.keeper.keepCallback(contact, number).then(() => ({ type: 'kept' })),
        { type: 'not-kept' },
      ),
    keepMessage: (message, ending) =>
      inTime(
        'message',
        message.keep(ending).then((kept) => ({ type: kept ? 'kept' : 'not-kept' })),
        {
          type: 'not-kept',
        },
      ),
    bookFault: (contact, line, kind) =>
      inTime(
        'fault',
        access.keeper.bookFault(contact, line, kind).then((formNumber) => ({ type: 'booked', formNumber })),
        {
          type: 'not-booked',
        },
      ),
    findLine: (line) =>
      inTime(
        'line',
        access.lineRecords.findLine(line).then((found): VoiceCallEvent => {
          if (found.ok) return { type: found.value === 'found' ? 'line-found' : 'line-unknown' };
          log.error({ why: found.error }, 'the line records failed');
          return { type: 'records-failed' };
        }),
        { type: 'records-failed' },
      ),
    readBill: (line, password) => {
      if (!throttle.admit(line, clock())) return Promise.resolve({ type: 'bill-refused' });
      const read = access.lineRecords.readBill(line, password).then((bill): VoiceCallEvent => {
        if (!bill.ok) {
          throttle.takeBack(line);
          log.error({ why: bill.error }, 'the line records failed');
          return { type: 'records-failed' };
        }
        if (bill.value === 'refused') return { type: 'bill-refused' };
        throttle.takeBack(line);
        return { type: 'bill', months: bill.value.months };
      });
      return inTime('bill', read, { type: 'records-failed' });
    },
  };
};
