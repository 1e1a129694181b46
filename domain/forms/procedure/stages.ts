import type { Right } from '../../people/roles.ts';
import type { FormKind } from '../form-kind.ts';

/**
 * Where a form stands in its procedure. `drafting` is the only one in which its fields are edited freely;
 * `answered` waits for the call-back (Q1); `declined`, `closed`, `settled`, `merged` and `booked` are ends, out of
 * which the customer's coming again leads.
 */
export const stages = [
  'drafting',
  'audit',
  'senior',
  'department',
  'reply-check',
  'informing',
  'manager',
  'answered',
  'declined',
  'closed',
  'curation',
  'merged',
  'settled',
  'booked',
] as const;
export type Stage = (typeof stages)[number];

/** What happens to a form in its procedure. An order is proposed by whom only a senior's audit lets send one. */
export const procedureEvents = [
  'submit',
  'answer',
  'decline',
  'hand-to-senior',
  'hand-to-manager',
  'propose-order',
  'send-order',
  'audit-order',
  'answer-order',
  'question-order',
  'reply-question',
  'refuse-order',
  'hand-on-order',
  'check-reply',
  'pause',
  'resume',
  'warn',
  'escalate',
  'decide',
  'repeat',
  'supplement',
  'settle-supplement',
  'call-back',
  'keyed-call-back',
  'count',
  'merge',
  'split',
  'settle-suggestion',
  'assess',
  'answer-assessment',
  'link',
  'use-article',
  'unmask',
  'take',
  'put-back',
] as const;
export type ProcedureEvent = (typeof procedureEvents)[number];

/**
 * Where an event leads: to a stage, nowhere (`stays`), or to what a rule of its own makes of the form:
 * `by-orders` (stage-of-orders.ts), `by-repeat` (repeat.ts, J4), `by-call-back` (call-back.ts, Q1).
 */
export type Destination = Stage | 'stays' | 'by-orders' | 'by-repeat' | 'by-call-back' | 'by-decision';

export interface Move {
  readonly to: Destination;
  readonly right: Right;
  /** Of the spec. */
  readonly clause: string;
}

/** The desk at which a form lies: who takes it up next. `author`: who opened or claimed it. `nobody`: it is at an end. */
export type StageDesk = 'author' | 'senior' | 'department' | 'manager' | 'call-back' | 'data-admin' | 'nobody';

export interface StageRow {
  readonly desk: StageDesk;
  readonly moves: Readonly<Partial<Record<ProcedureEvent, Move>>>;
}

export type StageTable = Readonly<Partial<Record<Stage, StageRow>>>;

/** Who may take a form up at a desk, and hold it there. */
export const rightAtDesk: Readonly<Record<StageDesk, Right | undefined>> = {
  author: undefined,
  senior: 'order.audit',
  department: 'order.answer',
  manager: 'form.decide',
  'call-back': 'form.call-back',
  'data-admin': 'suggestion.curate',
  nobody: undefined,
};

const move = (to: Destination, right: Right, clause: string): Move => ({ to, right, clause });

/** What may be done to a form of any kind in any stage, and leaves it where it is. */
const anywhere: StageRow['moves'] = {
  link: move('stays', 'form.edit', 'J1'),
  assess: move('stays', 'order.audit', 'S2'),
  'answer-assessment': move('stays', 'form.submit', 'S2'),
  'use-article': move('stays', 'form.edit', 'D1'),
  unmask: move('stays', 'form.read', 'personal data'),
};

/** Taken into hand and put back at a desk that several people work. */
const atDesk = (right: Right, clause: string): StageRow['moves'] => ({
  take: move('stays', right, clause),
  'put-back': move('stays', right, clause),
});

/** What departments do with their orders, and seniors with what comes back; wherever else the form may lie. */
const ordersGoOn = (to: Destination): StageRow['moves'] => ({
  'audit-order': move(to, 'order.audit', 'J6'),
  'answer-order': move(to, 'order.answer', 'S4'),
  'question-order': move(to, 'order.answer', 'S4'),
  'reply-question': move(to, 'order.audit', 'S4'),
  'refuse-order': move(to, 'order.answer', 'S4'),
  'hand-on-order': move(to, 'order.answer', 'S4'),
  'check-reply': move(to, 'order.audit', 'S4'),
  pause: move('stays', 'order.audit', 'S3'),
  resume: move('stays', 'order.audit', 'S3'),
  warn: move('stays', 'form.escalate', 'S4'),
  escalate: move('manager', 'form.escalate', 'S4'),
});

/** The customer comes again to an open complaint. */
const comesAgain: StageRow['moves'] = {
  repeat: move('by-repeat', 'form.submit', 'J4'),
  supplement: move('by-orders', 'form.submit', 'J5'),
  'propose-order': move('by-orders', 'form.submit', 'J5'),
};

/** A senior's means wherever a complaint is at work (S1). */
const seniorsMeans: StageRow['moves'] = {
  'send-order': move('by-orders', 'order.audit', 'S1'),
  'settle-supplement': move('by-orders', 'order.audit', 'J5'),
  'hand-to-manager': move('manager', 'order.audit', 'S1'),
};

/**
 * The life of a complaint (投诉单).
 *
 *   drafting ── answer ──────────────────────────────────────────────▶ answered ── satisfied ─▶ closed
 *      │ │ └─── propose ─▶ audit ── approve, change ─▶ department          ▲  │                   │
 *      │ │                   └── refuse ─▶ senior        │    ▲            │  └─ dissatisfied     │ repeat (J4a)
 *      │ └───── submit ───────────────────▶ senior ─ send│ back│          tell   ─▶ senior        ▼
 *      │                                       ▲         ▼    │            │             senior, manager
 *      └─────── decline ─▶ declined         refuse ── reply-check ─▶ informing
 *                             └─ not accepted, overdue, not content ─▶ manager ── decide ─▶ answered, declined
 */
export const complaintTable: StageTable = {
  drafting: {
    desk: 'author',
    moves: {
      ...anywhere,
      submit: move('senior', 'form.submit', 'J6'),
      'hand-to-senior': move('senior', 'form.submit', 'J1'),
      answer: move('answered', 'form.submit', 'J6'),
      decline: move('declined', 'form.submit', 'J3'),
      'hand-to-manager': move('manager', 'form.submit', 'J3'),
      'propose-order': move('by-orders', 'form.submit', 'J6'),
      'send-order': move('by-orders', 'order.audit', 'S1'),
    },
  },
  audit: {
    desk: 'senior',
    moves: { ...anywhere, ...atDesk('order.audit', 'S1'), ...ordersGoOn('by-orders'), ...comesAgain, ...seniorsMeans },
  },
  senior: {
    desk: 'senior',
    moves: {
      ...anywhere,
      ...atDesk('order.audit', 'S1'),
      ...ordersGoOn('by-orders'),
      ...comesAgain,
      ...seniorsMeans,
      answer: move('answered', 'order.audit', 'S1'),
      decline: move('declined', 'order.audit', 'J3'),
    },
  },
  department: {
    desk: 'department',
    moves: { ...anywhere, ...ordersGoOn('by-orders'), ...comesAgain, ...seniorsMeans },
  },
  'reply-check': {
    desk: 'senior',
    moves: { ...anywhere, ...atDesk('order.audit', 'S1'), ...ordersGoOn('by-orders'), ...comesAgain, ...seniorsMeans },
  },
  informing: {
    desk: 'call-back',
    moves: {
      ...anywhere,
      ...atDesk('form.call-back', 'Q1'),
      ...comesAgain,
      ...seniorsMeans,
      answer: move('answered', 'form.call-back', 'S4'),
      'hand-to-senior': move('senior', 'form.call-back', 'S1'),
      'hand-to-manager': move('manager', 'form.call-back', 'S1'),
    },
  },
  manager: {
    desk: 'manager',
    moves: {
      ...anywhere,
      ...atDesk('form.decide', 'M1'),
      ...ordersGoOn('stays'),
      escalate: move('stays', 'form.escalate', 'S4'),
      repeat: move('by-repeat', 'form.submit', 'J4'),
      supplement: move('stays', 'form.submit', 'J5'),
      'settle-supplement': move('stays', 'form.decide', 'J5'),
      'send-order': move('by-orders', 'form.decide', 'M1'),
      'hand-to-senior': move('by-orders', 'form.decide', 'M1'),
      decide: move('by-decision', 'form.decide', 'M1'),
    },
  },
  answered: {
    desk: 'call-back',
    moves: {
      ...anywhere,
      ...atDesk('form.call-back', 'Q1'),
      repeat: move('by-repeat', 'form.submit', 'J4'),
      supplement: move('by-orders', 'form.submit', 'J5'),
      'call-back': move('by-call-back', 'form.call-back', 'Q1'),
      // What the caller keyed is for the centre to say.
      'keyed-call-back': move('by-call-back', 'form.take-in', 'Q1'),
      'hand-to-manager': move('manager', 'form.call-back', 'S1'),
    },
  },
  declined: {
    desk: 'nobody',
    moves: {
      ...anywhere,
      repeat: move('by-repeat', 'form.submit', 'J4'),
      supplement: move('by-orders', 'form.submit', 'J5'),
      'hand-to-manager': move('manager', 'form.submit', 'J3'),
    },
  },
  closed: {
    desk: 'nobody',
    moves: {
      ...anywhere,
      repeat: move('by-repeat', 'form.submit', 'J4'),
      supplement: move('by-orders', 'form.submit', 'J5'),
    },
  },
};

/**
 * The life of a suggestion (建议单).
 *
 *                          ┌────── count ──────┐
 *                          ▼                   │
 *   drafting ── submit ─▶ curation ── settle ─▶ settled
 *                          ▲ │                 │
 *                    split │ │ merge           │ merge
 *                          │ ▼                 │
 *                         merged ◀─────────────┘
 */
export const suggestionTable: StageTable = {
  drafting: { desk: 'author', moves: { ...anywhere, submit: move('curation', 'form.submit', 'J2') } },
  curation: {
    desk: 'data-admin',
    moves: {
      ...anywhere,
      ...atDesk('suggestion.curate', 'D1'),
      count: move('stays', 'form.submit', 'J2'),
      merge: move('merged', 'suggestion.curate', 'D1'),
      'settle-suggestion': move('settled', 'suggestion.curate', 'D1'),
    },
  },
  merged: {
    desk: 'nobody',
    moves: {
      ...anywhere,
      count: move('stays', 'form.submit', 'J2'),
      split: move('curation', 'suggestion.curate', 'D1'),
    },
  },
  settled: {
    desk: 'nobody',
    moves: {
      ...anywhere,
      count: move('curation', 'form.submit', 'J2'),
      merge: move('merged', 'suggestion.curate', 'D1'),
      'settle-suggestion': move('settled', 'suggestion.curate', 'D1'),
    },
  },
};

/** A fault booked with 112 (A2) is the line service's from then on. */
export const faultTable: StageTable = {
  drafting: { desk: 'author', moves: { ...anywhere, submit: move('booked', 'form.submit', 'A2') } },
  booked: { desk: 'nobody', moves: anywhere },
};

export const stageTables: Readonly<Record<FormKind, StageTable>> = {
  complaint: complaintTable,
  suggestion: suggestionTable,
  fault: faultTable,
};

/** The stages a form of this kind can be in. */
export const stagesOf = (kind: FormKind): readonly Stage[] =>
  stages.filter((stage) => stageTables[kind][stage] !== undefined);

/** The desk at which a form lies in a stage. */
export const deskOf = (kind: FormKind, stage: Stage): StageDesk => stageTables[kind][stage]?.desk ?? 'nobody';
