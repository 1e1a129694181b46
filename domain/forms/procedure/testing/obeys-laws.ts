import type { Result } from '../../../result.ts';
import type { Form, Refusal } from '../../form.ts';
import type { Operation } from '../../operations.ts';
import { type Law, laws } from './laws.ts';
import type { Attempt } from './random-operation.ts';

const byKind = new Map<string, readonly Law[]>();

const lawsOn = ({ kind }: Form, operation: Operation): readonly Law[] => {
  const key = `${kind} ${operation.kind}`;
  const known = byKind.get(key) ?? laws.filter((law) => law.form === kind && law.kind === operation.kind);
  byKind.set(key, known);
  return known;
};

const procedureKinds: ReadonlySet<string> = new Set(laws.map(({ kind }) => kind));

/** What became of an operation, by the laws: the one it was applied by, and what is wrong with it. */
export interface Judged {
  readonly law?: Law;
  readonly wrong?: string;
}

/** Holds what became of an operation against the laws (`laws.ts`), whether it was applied or refused. */
export const judge = (before: Form, { operation, author }: Attempt, result: Result<Form, Refusal>): Judged => {
  const { stage } = before.procedure;
  if (!procedureKinds.has(operation.kind)) {
    return result.ok && result.value.procedure !== before.procedure ? { wrong: 'the procedure changed by itself' } : {};
  }
  const here = lawsOn(before, operation).filter((law) => law.from.includes(stage) && (law.only?.(operation) ?? true));
  const theirs = here.filter((law) => law.roles.some((role) => author.roles.includes(role)));
  if (result.ok) {
    const to = result.value.procedure.stage;
    const law = theirs.find((one) => (one.to === 'same' ? to === stage : one.to.includes(to)));
    return law ? { law } : { wrong: `no law lets ${author.roles.join()} lead from ${stage} to ${to}` };
  }
  switch (result.error.code) {
    case 'not-in-this-stage':
    case 'already-submitted':
      return theirs.length > 0 ? { wrong: `refused in ${stage}, where a law has it` } : {};
    case 'not-allowed':
      return theirs.length > 0 ? { wrong: `refused to ${author.roles.join()}, whose it is in ${stage}` } : {};
    default:
      return theirs.length === 0 ? { wrong: `refused as ${result.error.code}, where no law has it` } : {};
  }
};
