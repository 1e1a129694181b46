import type { CallbackTry } from './callback.ts';
import type { CheckBack } from './check-back.ts';
import type { Attachment, CallOnForm, ComplaintField, ComplaintFields } from './complaint.ts';
import type { FormKind } from './form-kind.ts';
import type { OperationKind } from './operations.ts';
import type { Origin } from './origin.ts';
import type { Procedure } from './procedure/procedure.ts';
import type { ProcedureRefusal } from './procedure/procedure-refusal.ts';
import type { Received } from './received.ts';
import type { Work, WorkRefusal } from './work.ts';

/** `draft` while it is being recorded; its procedure says where it stands from then on. */
export type FormStatus = 'draft' | 'submitted';

export interface Note {
  readonly operation: string;
  readonly by: string;
  readonly at: number;
  readonly text: string;
}

/** One line of the form's history: what was done, by whom, and which fields it changed. */
export interface HistoryEntry {
  readonly operation: string;
  readonly kind: OperationKind;
  readonly by: string;
  readonly at: number;
  readonly changes?: readonly {
    readonly field: ComplaintField;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** Why a form was set aside. */
  readonly reason?: string;
}

/** An e-form (电子文档: 投诉单, 建议单) as all its operations so far have made it. */
export interface Form {
  readonly id: string;
  readonly number: string;
  readonly kind: FormKind;
  readonly status: FormStatus;
  readonly origin: Origin;
  readonly work: Work;
  readonly fields: ComplaintFields;
  readonly attachments: readonly Attachment[];
  readonly notes: readonly Note[];
  readonly calls: readonly CallOnForm[];
  /** What is said in the voice message it came as; empty: not written down yet. */
  readonly transcript: string;
  readonly callbackTries: readonly CallbackTry[];
  readonly checkBacks: readonly CheckBack[];
  readonly received: readonly Received[];
  readonly procedure: Procedure;
  readonly openedBy: string;
  readonly openedAt: number;
  readonly changedAt: number;
  readonly history: readonly HistoryEntry[];
}

/** Why an operation was not accepted. It is kept with its reason, never dropped. */
export type Refusal =
  | { readonly code: 'no-such-form' }
  | { readonly code: 'form-exists' }
  | { readonly code: 'not-allowed'; readonly right: string }
  | { readonly code: 'fields-changed-meanwhile'; readonly fields: readonly ComplaintField[] }
  | { readonly code: 'too-many-attachments' }
  | { readonly code: 'no-such-attachment' }
  | WorkRefusal
  /** A transcript of what is no voice message, a try at what is no callback. */
  | { readonly code: 'wrong-origin' }
  | { readonly code: 'transcript-changed-meanwhile' }
  | { readonly code: 'no-such-check-back' }
  | { readonly code: 'check-back-exists' }
  | ProcedureRefusal
  /** The desk numbered another operation so before: its data was restored from an old copy. */
  | { readonly code: 'sequence-taken' }
  | { readonly code: 'unreadable' };
