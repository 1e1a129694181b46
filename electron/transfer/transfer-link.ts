import type { FromDesk } from '../../contract/live.ts';
import type { TransferAsked, TransferStep, TransferView } from '../../contract/transfer.ts';
import { ok, type Result, refused } from '../../domain/result.ts';

type Unreachable = { readonly code: 'unreachable' };

/** The desk's side of talks that are handed on together with their form: asks over the live link, keeps what is told. */
export interface TransferLink {
  /** The centre's first word to it: under way, or why not. */
  readonly ask: (asked: TransferAsked) => Promise<Result<TransferView, Unreachable>>;
  readonly step: (step: TransferStep) => Result<undefined, Unreachable>;
  /** What the centre said last. */
  readonly last: () => TransferView | null;
  readonly hear: (transfer: TransferView) => void;
}

const answerMs = 3_000;

export const createTransferLink = (parts: {
  readonly send: (message: FromDesk) => boolean;
  readonly onChanged: (transfer: TransferView) => void;
}): TransferLink => {
  const waiting = new Map<string, (transfer: TransferView) => void>();
  let last: TransferView | null = null;
  return {
    ask: (transfer) =>
      new Promise((resolve) => {
        const settle = (answer: Result<TransferView, Unreachable>): void => {
          clearTimeout(timer);
          waiting.delete(transfer.id);
          resolve(answer);
        };
        const timer = setTimeout(() => settle(refused({ code: 'unreachable' })), answerMs);
        waiting.set(transfer.id, (told) => settle(ok(told)));
        if (!parts.send({ type: 'transfer.ask', transfer })) settle(refused({ code: 'unreachable' }));
      }),
    step: (transfer) =>
      parts.send({ type: 'transfer.step', transfer }) ? ok(undefined) : refused({ code: 'unreachable' }),
    last: () => last,
    hear: (transfer) => {
      last = transfer;
      parts.onChanged(transfer);
      waiting.get(transfer.id)?.(transfer);
    },
  };
};
