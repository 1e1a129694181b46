import type { z } from 'zod';
import type { routes } from '../../contract/http.ts';
import type { pushResults, SnapshotHead } from '../../contract/sync.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import type { Result } from '../../domain/result.ts';
import type { SentForm } from '../cache/store/desk-store.ts';
import type { ApiFailure } from './api.ts';

type PushAnswer = z.output<typeof pushResults>;
type PullAnswer = z.output<typeof routes.pull.answer>;

/** A fill on its way in; `next` answers the next lot, or that it has ended. */
export interface FillStream {
  readonly head: SnapshotHead;
  readonly next: () => Promise<Result<readonly SentForm[] | 'end', ApiFailure>>;
  readonly close: () => void;
}

/** What sync asks of the centre. */
export interface CentreLink {
  /** Begins to bring the files that operations name; those without theirs, and what follows on their forms, are left out. */
  readonly bringFiles: (operations: readonly Operation[]) => Promise<Result<readonly Operation[], ApiFailure>>;
  readonly push: (operations: readonly Operation[]) => Promise<Result<PushAnswer, ApiFailure>>;
  readonly pull: (after: number) => Promise<Result<PullAnswer, ApiFailure>>;
  /** From the beginning, or where one broke off. */
  readonly fill: (
    from: { readonly head: number; readonly before: number } | null,
  ) => Promise<Result<FillStream, ApiFailure>>;
  /** The session is bound to a name this desk has no more. */
  readonly signInAnew: () => void;
}
