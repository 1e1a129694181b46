import { callBackLeadsTo } from '../../domain/forms/procedure/call-back.ts';
import type { OrderEvent } from '../../domain/forms/procedure/orders.ts';
import {
  newProcedure,
  type RepeatBranch,
  repeatBranches,
  type supplementNeeds,
} from '../../domain/forms/procedure/procedure.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { repeatLeadsTo } from '../../domain/forms/procedure/repeat.ts';
import { standings } from '../../domain/forms/procedure/stage-of-orders.ts';
import type { Destination, Stage, StageDesk } from '../../domain/forms/procedure/stages.ts';

/** J4: how a repeated complaint is met, in the words of the spec. */
export const repeatWords: Readonly<Record<RepeatBranch, string>> = {
  differs: '(a) closed, the attitude differs from the satisfaction record: investigated',
  handled: '(a) closed, agrees and satisfied: told that it is handled',
  dissatisfied: '(a) closed, agrees and dissatisfied',
  overdue: '(b) open, and a deadline is over',
  progress: '(c) open, in time: told the progress',
  final: '(a) closed by a decision of the manager hotline (M1), and dissatisfied with it: told that it is final',
};

/** J5, with where each leads. */
export const supplementWords: Readonly<Record<(typeof supplementNeeds)[number], string>> = {
  nothing: 'settled at once with no order: the user is answered, and the form stays where it is',
  order: 'needs a chase or a return order: a senior agent has it until the order is proposed, then audits that',
  senior: 'cannot be settled at once: a senior agent has it',
};

/** Which operation makes an order go on, and who does it. */
export const orderEventWords: Readonly<Record<OrderEvent, string>> = {
  approve: 'a senior agent sends it, or approves or changes what was proposed (J6, S1)',
  'refuse-audit': 'a senior agent refuses what was proposed, with a reason (J6)',
  question: 'the department asks (S4)',
  reply: 'a senior agent answers the question (S4)',
  answer: 'the department answers (S4)',
  refuse: 'the department refuses, with a reason (S4)',
  'hand-on': 'the department hands it on to another (S4)',
  accept: 'a senior agent accepts the reply (S4)',
  'send-back': 'a senior agent sends the reply back, with a reason (S4)',
  withdraw: 'a return order is sent, or the user is answered otherwise (S1, M1)',
};

export const stageDesks = [
  ...(['author', 'senior', 'department', 'manager', 'call-back', 'data-admin', 'nobody'] as const),
] satisfies readonly StageDesk[];

export const deskWords: Readonly<Record<StageDesk, string>> = {
  author: 'whoever opened or claimed it',
  senior: 'senior agents',
  department: 'the departments that have its orders',
  manager: 'the manager hotline',
  'call-back': 'agents who ring users',
  'data-admin': 'the data admin',
  nobody: 'nobody: an end',
};

/** One of the things that a rule of its own can make of a form. */
export interface RuleLine {
  readonly what: string;
  /** `undefined`: the form stays where it is. */
  readonly leadsTo: Stage | undefined;
}

const calledBack = (): readonly RuleLine[] => {
  const { maxCallBackTries } = usualProcedureRules;
  const made = { operation: '', by: '', at: 1, text: '' };
  const answered = { ...newProcedure(0), answer: made };
  const decided = { ...answered, decision: made };
  return [
    { what: 'satisfied', leadsTo: callBackLeadsTo(answered, 'satisfied', maxCallBackTries) },
    { what: 'dissatisfied', leadsTo: callBackLeadsTo(answered, 'dissatisfied', maxCallBackTries) },
    { what: 'dissatisfied with a decision (M1)', leadsTo: callBackLeadsTo(decided, 'dissatisfied', maxCallBackTries) },
    { what: 'unreachable', leadsTo: callBackLeadsTo(answered, 'unreachable', maxCallBackTries) },
    {
      what: `unreachable at the last try (a setting, usually ${maxCallBackTries} tries)`,
      leadsTo: callBackLeadsTo(answered, 'unreachable', 1),
    },
  ];
};

/** What each rule of its own makes of a form. */
export const rules: Readonly<Record<Extract<Destination, `by-${string}`>, readonly RuleLine[]>> = {
  'by-orders': [
    ...standings.map(({ what, stage }) => ({ what, leadsTo: stage })),
    { what: 'none of these', leadsTo: 'senior' },
  ],
  'by-repeat': repeatBranches.map((branch) => ({ what: repeatWords[branch], leadsTo: repeatLeadsTo[branch] })),
  'by-call-back': calledBack(),
  'by-decision': [
    { what: 'the user is answered', leadsTo: 'answered' },
    { what: 'the complaint is not accepted', leadsTo: 'declined' },
  ],
};
