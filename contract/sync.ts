import { z } from 'zod';
import { callbackTry } from '../domain/forms/callback.ts';
import { checkBack } from '../domain/forms/check-back.ts';
import { attachment, callOnForm, complaintFieldNames, complaintFields } from '../domain/forms/complaint.ts';
import { formKinds } from '../domain/forms/form-kind.ts';
import { operationKinds } from '../domain/forms/operations.ts';
import { origin } from '../domain/forms/origin.ts';
import { departmentCode, orderStates } from '../domain/forms/procedure/orders.ts';
import { procedure } from '../domain/forms/procedure/procedure.ts';
import { procedureEvents, stages } from '../domain/forms/procedure/stages.ts';
import { received } from '../domain/forms/received.ts';
import { work } from '../domain/forms/work.ts';

/** Bumped when anything below changes; the server refuses a desk of another version in words. */
export const syncVersion = 4;

const fieldName = z.enum(complaintFieldNames);

export const form = z.strictObject({
  id: z.uuidv7(),
  number: z.string(),
  kind: z.enum(formKinds),
  status: z.enum(['draft', 'submitted']),
  origin,
  work,
  fields: complaintFields,
  attachments: z.array(attachment).readonly(),
  notes: z.array(z.strictObject({ operation: z.string(), by: z.string(), at: z.int(), text: z.string() })).readonly(),
  calls: z.array(callOnForm).readonly(),
  transcript: z.string(),
  callbackTries: z.array(callbackTry).readonly(),
  checkBacks: z.array(checkBack).readonly(),
  received: z.array(received).readonly(),
  procedure,
  openedBy: z.string(),
  openedAt: z.int(),
  changedAt: z.int(),
  history: z
    .array(
      z.strictObject({
        operation: z.string(),
        kind: z.enum(operationKinds),
        by: z.string(),
        at: z.int(),
        changes: z
          .array(z.strictObject({ field: fieldName, from: z.string().nullable(), to: z.string().nullable() }))
          .readonly()
          .exactOptional(),
        reason: z.string().exactOptional(),
      }),
    )
    .readonly(),
});

export const refusal = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('no-such-form') }),
  z.strictObject({ code: z.literal('form-exists') }),
  z.strictObject({ code: z.literal('not-allowed'), right: z.string() }),
  z.strictObject({ code: z.literal('fields-changed-meanwhile'), fields: z.array(fieldName).readonly() }),
  z.strictObject({ code: z.literal('fields-missing'), fields: z.array(fieldName).readonly() }),
  z.strictObject({ code: z.literal('already-submitted') }),
  z.strictObject({ code: z.literal('too-many-attachments') }),
  z.strictObject({ code: z.literal('no-such-attachment') }),
  z.strictObject({ code: z.literal('claimed-already'), by: z.string() }),
  z.strictObject({ code: z.literal('not-claimed') }),
  z.strictObject({ code: z.literal('not-in-inbox') }),
  z.strictObject({ code: z.literal('wrong-origin') }),
  z.strictObject({ code: z.literal('transcript-changed-meanwhile') }),
  z.strictObject({ code: z.literal('no-such-check-back') }),
  z.strictObject({ code: z.literal('check-back-exists') }),
  z.strictObject({ code: z.literal('answered-already') }),
  z.strictObject({ code: z.literal('no-such-order') }),
  z.strictObject({ code: z.literal('order-exists') }),
  z.strictObject({ code: z.literal('no-such-department') }),
  z.strictObject({ code: z.literal('not-your-order') }),
  z.strictObject({ code: z.literal('no-deadline') }),
  z.strictObject({ code: z.literal('paused-already') }),
  z.strictObject({ code: z.literal('not-paused') }),
  z.strictObject({ code: z.literal('overdue-already') }),
  z.strictObject({ code: z.literal('not-reached') }),
  z.strictObject({ code: z.literal('warned-already') }),
  z.strictObject({ code: z.literal('not-overdue') }),
  z.strictObject({ code: z.literal('no-such-reason') }),
  z.strictObject({ code: z.literal('no-such-clause') }),
  z.strictObject({ code: z.literal('no-such-agent') }),
  z.strictObject({ code: z.literal('no-such-assessment') }),
  z.strictObject({ code: z.literal('no-such-supplement') }),
  z.strictObject({ code: z.literal('counted-already') }),
  z.strictObject({ code: z.literal('merge-into-itself') }),
  z.strictObject({ code: z.literal('not-held') }),
  z.strictObject({ code: z.literal('order-moved-on'), state: z.enum(orderStates) }),
  z.strictObject({ code: z.literal('not-in-this-stage'), stage: z.enum(stages), event: z.enum(procedureEvents) }),
  z.strictObject({ code: z.literal('held-by'), by: z.string() }),
  z.strictObject({ code: z.literal('sequence-taken') }),
  z.strictObject({ code: z.literal('unreadable') }),
]);

/** Of one push at most: a desk with more sends the next after the answer to the last (back-pressure). */
export const mostPushed = 500;

/**
 * Operations of one device in the order of `seq`. The centre takes them in their order;
 * `(device, seq)` or an id seen before is answered as before, not applied.
 */
export const pushedOperations = z.strictObject({
  syncVersion: z.int(),
  /** Parsed one by one on the server, so that one unreadable operation does not hold the others. */
  operations: z.array(z.unknown()).min(1).max(mostPushed),
});

export const pushResult = z.discriminatedUnion('outcome', [
  z.strictObject({ id: z.string(), outcome: z.literal('applied') }),
  z.strictObject({ id: z.string(), outcome: z.literal('repeated') }),
  z.strictObject({ id: z.string(), outcome: z.literal('rejected'), refusal }),
  /**
   * Not taken, and nothing of it recorded: it is to be sent again. `behind` is the operation of its form
   * that was refused or could not be taken, and behind which it waits; null: it could itself not be taken.
   */
  z.strictObject({ id: z.string(), outcome: z.literal('postponed'), behind: z.string().nullable() }),
]);
/** One result for each operation sent, in the same order. */
export const pushResults = z.strictObject({ results: z.array(pushResult), serverTime: z.int() });

/** A form as the server has it after the change at this cursor. */
export const change = z.strictObject({ cursor: z.int().positive(), form });
export type Change = z.infer<typeof change>;
export type PushResult = z.infer<typeof pushResult>;

export const scope = z.union([z.literal('all'), z.literal('none'), z.templateLiteral(['department:', departmentCode])]);

/**
 * The first fill of a cache is a stream, gzip, of JSON lines: a head, then the forms of the scope with those
 * changed last first, then an end. Each form takes two lines: an array of its cursor and its row (`rowNames`),
 * and the form itself, which a desk keeps as it came. A form may come twice: the higher cursor counts. What
 * changes meanwhile has a cursor above `head` and is pulled. A stream that broke off is resumed with
 * `?head=&before=`, the lowest cursor taken.
 */
export const snapshotHead = z.strictObject({
  syncVersion: z.int(),
  scope,
  /** Where the change log ended when the fill began. */
  head: z.int().nonnegative(),
  /** What the rows hold, in this order (domain/forms/form-row.ts). */
  rowNames: z.array(z.string()).readonly(),
  /** Forms still to come in this stream. */
  forms: z.int().nonnegative(),
  serverTime: z.int(),
});
export type SnapshotHead = z.infer<typeof snapshotHead>;
/** The first of a form's two lines. */
export const sentRow = z.tuple([z.int().positive(), z.string()], z.union([z.string(), z.int(), z.null()]));
/** Told last: without it the stream broke off. */
export const snapshotEnd = z.strictObject({ end: z.literal(true) });
