import type { Form, Refusal } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { perform } from '../../domain/forms/perform.ts';
import type { Author } from '../../domain/forms/procedure/author.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';

/** What the screen shows of a form, and which of its operations do not apply to it (any more). */
export interface Rebased {
  readonly form: Form | undefined;
  readonly blocked: ReadonlyMap<string, Refusal>;
}

/**
 * The centre's form with this desk's operations on top, in their order. One that the centre has
 * taken in already is in the form's history and is not applied again.
 */
export const rebase = (
  serverForm: Form | undefined,
  operations: readonly Operation[],
  author: Author,
  rules: ProcedureRules,
): Rebased => {
  const takenIn = new Set(serverForm?.history.map((entry) => entry.operation));
  const blocked = new Map<string, Refusal>();
  let form = serverForm;
  for (const operation of operations) {
    if (takenIn.has(operation.id)) continue;
    const result = perform(form, operation, author, rules);
    if (result.ok) form = result.value;
    else blocked.set(operation.id, result.error);
  }
  return { form, blocked };
};
