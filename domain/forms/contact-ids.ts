import type { Form } from './form.ts';
import { contactOf } from './origin.ts';

/** The calls a form came from or was worked in, by their contact ids; each once. */
export const contactIdsOf = ({ origin, calls, callbackTries }: Form): readonly string[] => [
  ...new Set(
    [contactOf(origin), ...calls.map((call) => call.contactId), ...callbackTries.map((one) => one.contactId)].flatMap(
      (id) => (id ? [id] : []),
    ),
  ),
];
