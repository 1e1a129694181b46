import { v7 as uuidV7 } from 'uuid';
import type { Form, Refusal } from '../../../domain/forms/form.ts';
import type { FormAction, Operation } from '../../../domain/forms/operations.ts';
import { perform } from '../../../domain/forms/perform.ts';
import type { Author as PerformAuthor } from '../../../domain/forms/procedure/author.ts';
import type { Result } from '../../../domain/result.ts';
import type { DeskStore } from './desk-store.ts';

/** Who works on the form and when, by the centre's clock. */
export interface Author extends PerformAuthor {
  readonly staffNumber: string;
  readonly now: number;
}

export type OpenAction = Pick<Extract<Operation, { kind: 'form.open' }>, 'form' | 'kind' | 'payload'>;

/** What the agent did, applied and put in the outbox; a refused action leaves no trace. */
export const act = (
  store: DeskStore,
  author: Author,
  action: FormAction | OpenAction,
  id: string = uuidV7(),
): Result<Form, Refusal> => {
  const { device, nextSeq: seq } = store.state();
  const operation: Operation = { ...action, id, device, seq, madeAt: author.now, by: author.staffNumber };
  const done = perform(store.screenForm(action.form), operation, author, store.rules());
  if (!done.ok) return done;
  store.setState({ nextSeq: seq + 1 });
  store.append(operation, done.value.number);
  store.keepServerForm(action.form);
  store.putScreenForm(done.value);
  return done;
};
