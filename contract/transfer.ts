import { z } from 'zod';
import { staffNumberPattern } from '../domain/people/roles.ts';
import { transferEnds, transferPhases, transferRoles } from '../domain/routing/warm-transfer.ts';

const staffNumber = z.string().regex(staffNumberPattern);
/** Made by the desk that asks, so that it knows its own again. */
const id = z.uuid();

/** A talk handed on together with its form, as the giver's and the receiver's desk show it (J1, J3, J4, S1, M1). */
export const transferView = z.strictObject({
  id,
  contactId: z.string(),
  form: z.uuidv7().nullable(),
  to: z.enum(transferRoles),
  /** The seat that hands the caller on. */
  giver: staffNumber,
  /** The seat that rings, or has answered; null: none yet. */
  receiver: staffNumber.nullable(),
  phase: z.enum(transferPhases),
  /** Set once it is over. */
  end: z.enum(transferEnds).nullable(),
  /** The seat that was rung last and did not answer. */
  missedBy: staffNumber.nullable(),
  /** Whether all the giver wrote on the form had reached the centre before it rang. */
  formSent: z.boolean(),
});
export type TransferView = z.infer<typeof transferView>;

/** What is asked before the form is sent: whether anybody of the role is on duty at all. */
export const transferAsked = z.strictObject({
  id,
  to: z.enum(transferRoles),
  /** Null: the call of this seat that is not with a colleague. */
  contactId: z.string().max(64).nullable(),
  form: z.uuidv7().nullable(),
});
export type TransferAsked = z.infer<typeof transferAsked>;

/**
 * `begin`: the form has been sent, as far as it could be. `join`: caller and receiver speak, the giver leaves;
 * before the receiver has answered, the caller waits alone. `take-back`: giver and caller go on.
 */
export const transferStep = z.discriminatedUnion('step', [
  z.strictObject({ id, step: z.literal('begin'), formSent: z.boolean() }),
  z.strictObject({ id, step: z.literal('join') }),
  z.strictObject({ id, step: z.literal('take-back') }),
]);
export type TransferStep = z.infer<typeof transferStep>;
