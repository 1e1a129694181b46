import type { Transaction } from 'kysely';
import type { Form } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { hardCaseContent } from '../../domain/knowledge/hard-case.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { Tables } from '../records/tables.ts';
import { keepArticleUse } from './article-uses.ts';
import { takeAction } from './take-action.ts';

/**
 * What an operation that was applied now means to the knowledge base, in its own transaction, so that it
 * counts once: an article used for a form (D1), and the method of a hard case, which becomes a draft for
 * the data admin under the operation's own id (S2).
 */
export const hearOperation = async (
  transaction: Transaction<Tables>,
  operation: Operation,
  form: Form,
  heard: { readonly roles: readonly Role[]; readonly now: number },
): Promise<void> => {
  const { id, by, madeAt: at } = operation;
  if (operation.kind === 'form.use-article') {
    await keepArticleUse(transaction, { operation: id, form: form.id, by, at, ...operation.payload });
  }
  if (operation.kind === 'form.assess' && operation.payload.finding === 'hard-case' && operation.payload.text !== '') {
    const content = hardCaseContent(form, operation.payload.text);
    const source = { form: form.id, number: form.number };
    // The assessment stands whatever becomes of the draft.
    await takeAction(transaction, { kind: 'propose', article: id, content, source }, { staffNumber: by, ...heard });
  }
};
