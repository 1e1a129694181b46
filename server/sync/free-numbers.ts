import type { Operation } from '../../domain/forms/operations.ts';
import type { SyncTransaction } from './sync-transaction.ts';

/** Which numbers stand on forms, asked for as far as a batch needs to know. */
export interface FreeNumbers {
  /** The operation; one that opens a form with its number made free by a suffix, where another form has it. */
  readonly freeOf: (operation: Operation) => Promise<Operation>;
  readonly take: (number: string) => void;
}

export const freeNumbers = async (
  transaction: SyncTransaction,
  operations: readonly Operation[],
): Promise<FreeNumbers> => {
  const opened = operations.flatMap((one) => (one.kind === 'form.open' ? [one.payload.number] : []));
  const taken = new Set(opened.length > 0 ? await transaction.numbersTaken([...new Set(opened)]) : []);
  const freeFrom = async (number: string): Promise<string> => {
    if (!taken.has(number)) return number;
    for (let suffix = 2; ; suffix += 1) {
      const other = `${number}-${suffix}`;
      const isTaken = taken.has(other) || (await transaction.numbersTaken([other])).length > 0;
      if (!isTaken) return other;
      taken.add(other);
    }
  };
  return {
    freeOf: async (operation) => {
      if (operation.kind !== 'form.open') return operation;
      const number = await freeFrom(operation.payload.number);
      return { ...operation, payload: { ...operation.payload, number } };
    },
    take: (number) => void taken.add(number),
  };
};
