import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { DeadlineRules } from '../../domain/deadlines/deadline-rules.ts';
import type { Form } from '../../domain/forms/form.ts';
import { type Warning, warningsDue } from '../../domain/forms/procedure/warnings.ts';
import type { CentreForms } from '../forms/centre-forms.ts';
import type { Tables } from '../records/tables.ts';
import { findWarningsDue, reckonWarningsAnew } from '../records/warnings-due.ts';

/**
 * S4: takes the steps of the escalation as the centre. It holds nothing: which steps are due is read from the
 * records, which are taken stands on the form, so that a restart loses none and doubles none.
 */
export interface DeadlineWatch {
  /** Before the first look: the settings may be others than when the records were written. */
  readonly begin: () => Promise<void>;
  /** Takes what is due by now. A look under way is not joined by a second. */
  readonly look: () => Promise<void>;
  /** Resolves when the look under way has ended. */
  readonly stop: () => Promise<void>;
}

export interface DeadlineWatchParts {
  readonly db: Kysely<Tables>;
  readonly forms: Pick<CentreForms, 'perform'>;
  readonly rules: DeadlineRules;
  readonly clock: () => number;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

const formsAtOnce = 1_000;

export const watchDeadlines = ({ db, forms, rules, clock, log }: DeadlineWatchParts): DeadlineWatch => {
  let looking: Promise<void> | undefined;

  const take = async (form: Form, warning: Warning): Promise<void> => {
    const { order, atPercent } = warning;
    const envelope = { operation: operationOf(form, warning), form: form.id };
    const taken =
      atPercent === 100
        ? await forms.perform({ ...envelope, kind: 'form.escalate', payload: { order } })
        : await forms.perform({ ...envelope, kind: 'form.warn', payload: { order, atPercent } });
    // Paused, answered or escalated by another server since it was read: the records have the last word.
    if (!taken.ok) log.warn({ form: form.number, order, atPercent, code: taken.error.code }, 'no step was taken');
  };
  const run = async (): Promise<void> => {
    const now = clock();
    for (const form of await findWarningsDue(db, now, formsAtOnce)) {
      try {
        for (const warning of warningsDue(form, now, rules)) await take(form, warning);
      } catch (error) {
        // The other forms' steps are not held up by this one; it comes up again at the next look.
        log.error({ err: error, form: form.number }, 'a deadline could not be looked after');
      }
    }
  };

  return {
    begin: () => reckonWarningsAnew(db, rules),
    look: () => {
      looking ??= run().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    stop: async () => {
      await looking?.catch(() => undefined);
    },
  };
};

/**
 * One operation for a step as the form stands now: two servers that look at once take it once. When the form has
 * changed it is another, since an operation that was refused stays refused.
 */
const operationOf = ({ id, history }: Form, { order, atPercent }: Warning): string =>
  uuidv7({
    msecs: history.at(-1)?.at ?? 0,
    seq: 0,
    random: createHash('sha256').update(`step ${id} ${order} ${atPercent} ${history.length}`).digest().subarray(0, 16),
  });
