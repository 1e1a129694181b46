import type { Form } from '../form.ts';
import type { ChangeOperation } from '../operations.ts';
import { stageTables } from './stages.ts';

/** What a caller keyed after the talk (Q1). */
export type KeyedRating = 'satisfied' | 'dissatisfied';

type Recorded = {
  [Kind in 'form.call-back' | 'form.note']: Pick<Extract<ChangeOperation, { kind: Kind }>, 'kind' | 'payload'>;
}['form.call-back' | 'form.note'];

const notes: Readonly<Record<KeyedRating, string>> = {
  satisfied: '用户通话后按键评价：满意 keyed after the call: satisfied',
  dissatisfied: '用户通话后按键评价：不满意 keyed after the call: not satisfied',
};

/** Q1: on a form that waits for its call-back the key is the call-back; on any other it is noted. */
export const keyedRating = ({ kind, procedure }: Pick<Form, 'kind' | 'procedure'>, outcome: KeyedRating): Recorded =>
  stageTables[kind][procedure.stage]?.moves['keyed-call-back']
    ? { kind: 'form.call-back', payload: { outcome, source: 'keyed', text: '' } }
    : { kind: 'form.note', payload: { text: notes[outcome] } };
