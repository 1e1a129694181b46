import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Form } from '../../domain/forms/form.ts';
import type { Contact } from '../floor/contact.ts';
import type { CentreForms } from './centre-forms.ts';

export interface OwedCallbacksParts {
  readonly forms: Pick<CentreForms, 'perform'>;
  readonly findOwed: (number: string) => Promise<readonly Form[]>;
}

/**
 * A6: whoever rings before we do has been reached, whoever has the form in hand. Each callback is closed
 * once, however often the caller is answered. One asked for in this very call stays: the caller went on
 * to something else.
 */
export const createOwedCallbacks =
  ({ forms, findOwed }: OwedCallbacksParts) =>
  async ({ caller, contactId }: Pick<Contact, 'caller' | 'contactId'>, at: number): Promise<void> => {
    for (const { id, origin } of await findOwed(caller)) {
      if (origin.via !== 'callback' || origin.contactId === contactId) continue;
      const closed = await forms.perform({
        operation: closingOf(id, origin.askedAt),
        form: id,
        kind: 'form.try-callback',
        payload: { outcome: 'reached', startedAt: at, contactId },
      });
      if (!closed.ok) throw new Error(`the records refused it: ${closed.error.code}`);
    }
  };

/** The one operation that closes a form's callback: done twice at once, it is taken once. */
const closingOf = (form: string, askedAt: number): string =>
  uuidv7({
    msecs: askedAt,
    seq: 0,
    random: createHash('sha256').update(`rang first ${form}`).digest().subarray(0, 16),
  });
