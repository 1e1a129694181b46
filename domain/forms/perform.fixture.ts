import type { Role } from '../people/roles.ts';
import type { Form } from './form.ts';
import type { Operation, OperationKind } from './operations.ts';
import { perform } from './perform.ts';
import { usualProcedureRules } from './procedure/procedure-rules.ts';

const formId = '019ab000-0000-7000-8000-000000000001';

let counted = 0;

/** Each later than the one before, by 1 ms. */
export const make = <Kind extends OperationKind>(
  kind: Kind,
  payload: Extract<Operation, { kind: Kind }>['payload'],
  by = '1001',
): Operation => {
  counted += 1;
  const id = `019ab000-0000-7000-8000-${String(counted).padStart(12, '0')}`;
  const device = '11111111-1111-4111-8111-111111111111';
  // The kinds and their payloads are tied by the signature; TypeScript cannot follow through the union.
  return { id, device, seq: counted, form: formId, madeAt: counted, by, kind, payload } as Operation;
};

const junior: readonly Role[] = ['junior-agent'];

export const done = (form: Form | undefined, operation: Operation, held = junior): Form => {
  const result = perform(form, operation, { roles: held }, usualProcedureRules);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

export const refusalOf = (form: Form | undefined, operation: Operation, held = junior) => {
  const result = perform(form, operation, { roles: held }, usualProcedureRules);
  return result.ok ? undefined : result.error;
};
