import type { Operation } from '../operations.ts';
import { orderPayloads } from './orders.ts';
import { procedurePayloads } from './procedure-payloads.ts';
import type { ProcedureEvent } from './stages.ts';

type ProcedureKind = keyof typeof procedurePayloads | 'form.submit';

/** What is done to a form in the procedures J, S, M, D and Q. */
export type ProcedureOperation = Extract<Operation, { kind: ProcedureKind }>;

const kinds: ReadonlySet<string> = new Set(['form.submit', ...Object.keys(procedurePayloads)]);
const orderKinds: ReadonlySet<string> = new Set(Object.keys(orderPayloads));

export const isProcedureOperation = (operation: Operation): operation is ProcedureOperation =>
  kinds.has(operation.kind);

export const isOrderOperation = (
  operation: ProcedureOperation,
): operation is Extract<ProcedureOperation, { kind: keyof typeof orderPayloads }> => orderKinds.has(operation.kind);

/** The event of an operation. `sends`: the author's orders need no audit by another (J6). */
export const eventOf = (operation: ProcedureOperation, sends: boolean): ProcedureEvent => {
  switch (operation.kind) {
    case 'form.order':
      return sends ? 'send-order' : 'propose-order';
    case 'form.hand-over':
      return operation.payload.to === 'senior' ? 'hand-to-senior' : 'hand-to-manager';
    case 'form.call-back':
      return operation.payload.source === 'keyed' ? 'keyed-call-back' : 'call-back';
    default:
      return eventByKind[operation.kind];
  }
};

const eventByKind: Readonly<
  Record<Exclude<ProcedureOperation['kind'], 'form.order' | 'form.hand-over' | 'form.call-back'>, ProcedureEvent>
> = {
  'form.submit': 'submit',
  'form.answer': 'answer',
  'form.decline': 'decline',
  'form.audit-order': 'audit-order',
  'form.answer-order': 'answer-order',
  'form.question-order': 'question-order',
  'form.reply-question': 'reply-question',
  'form.refuse-order': 'refuse-order',
  'form.hand-on-order': 'hand-on-order',
  'form.check-reply': 'check-reply',
  'form.pause': 'pause',
  'form.resume': 'resume',
  'form.warn': 'warn',
  'form.escalate': 'escalate',
  'form.decide': 'decide',
  'form.repeat': 'repeat',
  'form.supplement': 'supplement',
  'form.settle-supplement': 'settle-supplement',
  'form.assess': 'assess',
  'form.answer-assessment': 'answer-assessment',
  'form.count': 'count',
  'form.merge': 'merge',
  'form.split': 'split',
  'form.settle-suggestion': 'settle-suggestion',
  'form.link': 'link',
  'form.use-article': 'use-article',
  'form.unmask': 'unmask',
  'form.take': 'take',
  'form.put-back': 'put-back',
};
