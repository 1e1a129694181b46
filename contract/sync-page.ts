import { z } from 'zod';
import { complaintFields } from '../domain/forms/complaint.ts';
import { operationKinds } from '../domain/forms/operations.ts';
import { stages } from '../domain/forms/procedure/stages.ts';
import { work } from '../domain/forms/work.ts';
import { refusal, scope } from './sync.ts';

const kind = z.enum(operationKinds);

/** What the centre has of a form, as far as a refused operation can be set beside it. */
export const centreState = z.strictObject({
  /** Masked as this person sees them. */
  fields: complaintFields,
  transcript: z.string(),
  status: z.enum(['draft', 'submitted']),
  stage: z.enum(stages),
  holder: z.string().nullable(),
  work,
});

/** An operation that does not apply to the form as it is: a person decides what becomes of it. */
export const attentionCard = z.strictObject({
  id: z.string(),
  form: z.string(),
  formNumber: z.string(),
  kind,
  madeAt: z.int(),
  by: z.string(),
  /** What the agent wrote, for a person to read and to use again. */
  payload: z.unknown(),
  refusal,
  /** `desk`: by this desk's own judgement. It is on its way, and the centre has the last word. */
  refusedBy: z.enum(['centre', 'desk']),
  /** Null: the centre has no such form. */
  centre: centreState.nullable(),
  /** What was done to the form after it and is sent once it is settled: how much, and the first of it. */
  behind: z.strictObject({
    count: z.int(),
    first: z.array(z.strictObject({ id: z.string(), kind, madeAt: z.int(), payload: z.unknown() })),
  }),
});
export type AttentionCard = z.infer<typeof attentionCard>;

/**
 * Why an operation is still here. `next`: it goes with the next exchange. `held`: a refused one of its form comes
 * first. `colleague`: who made it has to sign in here, since the centre takes from a person only their own.
 */
export const waitReasons = ['next', 'held', 'colleague'] as const;

export const pendingOperation = z.strictObject({
  id: z.string(),
  form: z.string(),
  formNumber: z.string(),
  kind,
  /** By the centre's clock. */
  madeAt: z.int(),
  by: z.string(),
  why: z.enum(waitReasons),
});
export type PendingOperation = z.infer<typeof pendingOperation>;

/** Those of one form stand together, the form that has waited longest first. */
export const pendingPage = z.strictObject({
  operations: z.array(pendingOperation),
  total: z.int(),
  /** Forms with anything pending. */
  forms: z.int(),
});
export type PendingPage = z.infer<typeof pendingPage>;

/** What opens the key that the cache is encrypted with. */
export const keyKeepings = ['keychain-and-password', 'password'] as const;
export type KeyKeeping = (typeof keyKeepings)[number];

/** Sizes are bytes on the disk. */
export const syncDetails = z.strictObject({
  cacheSize: z.int(),
  forms: z.int(),
  attachments: z.strictObject({ count: z.int(), size: z.int() }),
  /** When the form that has rested longest was last changed. */
  oldestChangeAt: z.int().nullable(),
  /** Null: the centre has not told yet. */
  scope: scope.nullable(),
  key: z.enum(keyKeepings),
  device: z.string(),
  /** What form numbers made here carry. */
  deskNumber: z.int().nullable(),
  server: z.string(),
  versions: z.strictObject({
    desk: z.string(),
    sync: z.int(),
    /** Of the cache's tables. */
    schema: z.int(),
    electron: z.string(),
  }),
});
export type SyncDetails = z.infer<typeof syncDetails>;

export const diagnosticsDone = z.enum(['saved', 'given-up']);
export const diagnosticsFailure = z.strictObject({ code: z.enum(['not-written']) });
