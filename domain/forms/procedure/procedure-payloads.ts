import { z } from 'zod';
import { orderPayloads } from './orders.ts';
import {
  assessmentFindings,
  attitudes,
  callBackOutcomes,
  handOverCauses,
  maskedFields,
  suggestionEnds,
  supplementNeeds,
} from './procedure.ts';

const words = z.string().trim().min(1).max(4_000);
const remark = z.string().trim().max(4_000);
const contactId = z.string().max(64).nullable();
const nothing = z.strictObject({});

/** What is done to a form in the procedures J, S, M, D and Q, besides `form.submit`. */
export const procedurePayloads = {
  ...orderPayloads,
  'form.answer': z.strictObject({ text: words }),
  'form.decline': z.strictObject({ reason: z.string().min(1).max(40), text: remark }),
  'form.hand-over': z.strictObject({
    to: z.enum(['senior', 'manager']),
    cause: z.enum(handOverCauses),
    text: remark,
  }),
  /** By the centre, once a deadline is over (S4). */
  'form.escalate': z.strictObject({ order: z.uuid() }),
  'form.decide': z.strictObject({ end: z.enum(['answered', 'declined']), text: words }),
  /** `attitude` to what was done; null: it is not done yet. */
  'form.repeat': z.strictObject({ attitude: z.enum(attitudes).nullable(), contactId }),
  'form.supplement': z.strictObject({ text: words, needs: z.enum(supplementNeeds), contactId }),
  'form.settle-supplement': z.strictObject({ supplement: z.uuidv7() }),
  'form.call-back': z.strictObject({
    outcome: z.enum(callBackOutcomes),
    source: z.enum(['agent', 'keyed']),
    text: remark,
  }),
  'form.assess': z.strictObject({
    id: z.uuid(),
    agent: z.string().max(12),
    finding: z.enum(assessmentFindings),
    clause: z.string().max(40),
    /** Points, as the house's rules weigh the clause; 0 where nothing is held against the agent. */
    weight: z.int().min(0).max(100),
    text: remark,
  }),
  'form.answer-assessment': z.strictObject({ id: z.uuid(), text: words }),
  'form.count': z.strictObject({
    callerName: z.string().max(100),
    contactNumber: z.string().max(40),
    text: remark,
    contactId,
  }),
  'form.merge': z.strictObject({ into: z.uuidv7(), number: z.string().min(1).max(32) }),
  'form.split': nothing,
  'form.settle-suggestion': z.strictObject({ end: z.enum(suggestionEnds), text: words }),
  'form.link': z.strictObject({ form: z.uuidv7(), number: z.string().min(1).max(32) }),
  'form.use-article': z.strictObject({
    article: z.uuid(),
    version: z.int().positive(),
    helped: z.boolean().nullable(),
    text: remark,
  }),
  'form.unmask': z.strictObject({ fields: z.array(z.enum(maskedFields)).min(1).max(8).readonly(), reason: remark }),
  'form.take': nothing,
  'form.put-back': nothing,
};
