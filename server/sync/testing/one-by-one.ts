import type { Person } from '../../../contract/http.ts';
import type { PushResult } from '../../../contract/sync.ts';
import type { Form, Refusal } from '../../../domain/forms/form.ts';
import type { Operation } from '../../../domain/forms/operations.ts';
import { perform } from '../../../domain/forms/perform.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';

/** What pushes of one desk must come to, told as plainly as can be: an operation after the other, nothing in bulk. */
export interface OneByOne {
  readonly take: (operations: readonly Operation[]) => readonly PushResult[];
  readonly forms: ReadonlyMap<string, Form>;
}

export const oneByOne = ({ roles }: Pick<Person, 'roles'>): OneByOne => {
  const forms = new Map<string, Form>();
  const outcomes = new Map<string, Refusal | null>();
  return {
    forms,
    take: (operations) => {
      const refusedOf = new Map<string, string>();
      return operations.map((operation): PushResult => {
        const { id, form } = operation;
        const seen = outcomes.get(id);
        const behind = refusedOf.get(form);
        if (seen === null) return { id, outcome: 'repeated' };
        if (seen === undefined && behind !== undefined) return { id, outcome: 'postponed', behind };
        const done = seen ? undefined : perform(forms.get(form), operation, { roles }, usualProcedureRules);
        if (done?.ok) {
          forms.set(form, done.value);
          outcomes.set(id, null);
          return { id, outcome: 'applied' };
        }
        const refusal = seen ?? done?.error;
        if (!refusal) throw new Error('neither done nor refused');
        outcomes.set(id, refusal);
        if (behind === undefined) refusedOf.set(form, id);
        return { id, outcome: 'rejected', refusal };
      });
    },
  };
};
