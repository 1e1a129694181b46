import { complaintTypes } from '../complaint.ts';
import type { FormKind } from '../form-kind.ts';
import { missingToSubmit } from '../form-kind.ts';
import { again, repeatPage, supplementPage, whichPage } from './guide-again.ts';
import {
  answer,
  type GuideAnswer,
  type GuideHindrance,
  type GuidePage,
  leavesTheDesk,
  linked,
  nameOf,
  open,
  perform,
  transfer,
} from './guide-answers.ts';
import {
  type AnswerName,
  type FormName,
  type GuideChoices,
  type GuideFacts,
  type GuideOutcome,
  type GuideState,
  type GuideStep,
  noChoices,
} from './guide-state.ts';

const asked = { box: false, focus: 'none' } as const;
const mostKnown = 3;

/** J1: a suggestion goes first, since a complaint may take the caller away to somebody else. */
const afterSuggestion = ({ both }: GuideChoices): GuideStep => (both ? 'reasonable' : 'done');

const afterRank = { complaint: 'reasonable', suggestion: 'suggestion', unknown: 'kind' } as const;

const notRecorded = ({ draft }: GuideFacts, kind: FormKind): GuideHindrance | null => {
  if (draft?.kind !== kind) return { why: 'no-draft' };
  const fields = missingToSubmit(draft);
  return fields.length > 0 ? { why: 'fields-missing', fields } : null;
};

const noWords = ({ words }: GuideFacts): GuideHindrance | null => (words.trim() === '' ? { why: 'no-words' } : null);

/** The procedure J, question by question: clause by clause what each answer leads to. */
export const guidePages: Readonly<Record<GuideStep, GuidePage>> = {
  'key-account': {
    ...asked,
    clause: 'J1',
    answers: ({ given }, { sends }) => [
      sends
        ? answer({ say: 'key-account' }, afterRank[given ?? 'unknown'])
        : answer({ say: 'key-account' }, 'done', {
            effects: [open('complaint'), transfer('complaint', 'senior', 'key-account', '')],
            outcome: 'to-senior',
          }),
      answer({ say: 'not-key-account' }, afterRank[given ?? 'unknown']),
    ],
  },
  kind: {
    ...asked,
    clause: 'J1',
    answers: () => [
      answer({ say: 'complaint' }, 'reasonable'),
      answer({ say: 'suggestion' }, 'suggestion'),
      answer({ say: 'both' }, 'suggestion', { choose: { both: true } }),
    ],
  },
  suggestion: {
    clause: 'J2',
    box: true,
    focus: 'box',
    prefill: (_choices, { draft }) => (draft?.kind === 'suggestion' ? draft.fields.text : ''),
    answers: (choices, { known, words, caller, contactId }) => [
      answer({ say: 'new-suggestion' }, 'record', {
        effects: [open('suggestion'), { does: 'fill', on: 'suggestion', fields: { text: words.trim() } }],
      }),
      ...known.slice(0, mostKnown).map((form) =>
        answer({ say: 'known-form', number: form.number }, afterSuggestion(choices), {
          choose: { known: nameOf(form) },
          effects: [
            perform('known', {
              kind: 'form.count',
              payload: { callerName: caller.name, contactNumber: caller.number, text: words.trim(), contactId },
            }),
          ],
          outcome: 'suggestion-counted',
        }),
      ),
    ],
  },
  record: {
    clause: 'J2',
    box: false,
    focus: 'record',
    answers: (choices, facts) => [
      answer({ say: 'submit' }, afterSuggestion(choices), {
        effects: [perform('suggestion', { kind: 'form.submit', payload: {} })],
        outcome: 'suggestion-recorded',
        hindrance: notRecorded(facts, 'suggestion'),
      }),
    ],
  },
  reasonable: {
    ...asked,
    clause: 'J3',
    answers: () => [
      answer({ say: 'reasonable' }, 'standing'),
      answer({ say: 'not-reasonable' }, 'decline-reason', { effects: [open('complaint')] }),
    ],
  },
  'decline-reason': {
    ...asked,
    clause: 'J3',
    answers: (_choices, { rules }) =>
      rules.declineReasons.map(({ code }) => answer({ say: 'reason', code }, 'explain', { choose: { reason: code } })),
  },
  explain: {
    clause: 'J3',
    box: true,
    focus: 'none',
    answers: (choices, { words }) => {
      const text = words.trim();
      const declined = perform('complaint', {
        kind: 'form.decline',
        payload: { reason: choices.reason ?? '', text },
      });
      const toManager = transfer('complaint', 'manager', 'explanation-not-accepted', text);
      return [
        answer({ say: 'accepted' }, 'done', { effects: linked(choices, [declined]), outcome: 'declined' }),
        answer({ say: 'not-accepted' }, 'done', {
          effects: linked(choices, [declined, toManager]),
          outcome: 'to-manager',
        }),
      ];
    },
  },
  standing: {
    ...asked,
    clause: 'J3',
    answers: (_choices, facts) => [
      again('repeat', facts),
      again('supplement', facts),
      answer({ say: 'new' }, 'type', { effects: [open('complaint')] }),
    ],
  },
  which: whichPage,
  repeat: repeatPage,
  supplement: supplementPage,
  type: {
    ...asked,
    clause: 'J6',
    answers: () =>
      complaintTypes.map((complaintType) =>
        answer({ say: complaintType }, 'settle', {
          effects: [{ does: 'fill', on: 'complaint', fields: { complaintType } }],
        }),
      ),
  },
  settle: {
    clause: 'J6',
    box: false,
    focus: 'record',
    answers: (choices, facts) => {
      const hindrance = notRecorded(facts, 'complaint');
      return [
        answer({ say: 'on-the-spot' }, 'answer', { hindrance }),
        answer({ say: 'dispatch' }, 'department', { hindrance }),
        { ...cannotSettle(choices, facts), hindrance },
      ];
    },
  },
  answer: {
    clause: 'J6',
    box: true,
    focus: 'box',
    answers: (choices, facts) => [
      answer({ say: 'said' }, 'done', {
        effects: linked(choices, [
          perform('complaint', { kind: 'form.answer', payload: { text: facts.words.trim() } }),
        ]),
        outcome: 'answered',
        hindrance: noWords(facts),
      }),
    ],
  },
  department: {
    ...asked,
    clause: 'J6',
    answers: (_choices, { rules }) =>
      rules.departments.map(({ code }) =>
        answer({ say: 'department', code }, 'order', { choose: { department: code } }),
      ),
  },
  order: {
    clause: 'J6',
    box: true,
    focus: 'box',
    prefill: (_choices, { draft }) => draft?.fields.text ?? '',
    answers: (choices, facts) => {
      const order = {
        ...({ type: 'dispatch', follows: null } as const),
        department: choices.department ?? '',
        text: facts.words.trim(),
      };
      return [
        answer({ say: 'send' }, 'done', {
          effects: linked(choices, [{ does: 'order', on: 'complaint', order }]),
          outcome: facts.sends ? 'order-sent' : 'order-to-audit',
          hindrance: noWords(facts),
        }),
      ];
    },
  },
  done: { ...asked, clause: 'J1', answers: () => [answer({ say: 'another' }, 'kind', { choose: noChoices })] },
};

/** J6: beyond a junior it is the senior's, beyond a senior the manager hotline's (S1). */
const cannotSettle = (choices: GuideChoices, { inCall, sends }: GuideFacts): GuideAnswer => {
  const given = (say: AnswerName, outcome: GuideOutcome, effect: GuideAnswer['effects'][number]) =>
    answer({ say }, 'done', { effects: linked(choices, [effect]), outcome });
  if (sends) return given('manager', 'to-manager', transfer('complaint', 'manager', 'not-content', ''));
  return inCall
    ? given('senior', 'to-senior', transfer('complaint', 'senior', 'cannot-settle', ''))
    : given('senior', 'submitted', perform('complaint', { kind: 'form.submit', payload: {} }));
};

export const answersAt = ({ step, choices }: GuideState, facts: GuideFacts): readonly GuideAnswer[] =>
  guidePages[step].answers(choices, facts);

/** The guide at the start of a contact, past its first question where the records answer it. */
export const beginGuide = (from: {
  readonly keyAccount: boolean | null;
  readonly sends: boolean;
  /** Recorded for the contact already; `given`: its kind is settled. */
  readonly form: (FormName & { readonly kind: FormKind; readonly given: boolean }) | null;
}): GuideState => {
  const { keyAccount, sends, form } = from;
  const kind = form && form.kind !== 'fault' ? form.kind : null;
  const given = form?.given ? kind : null;
  const first: GuideState = {
    step: 'key-account',
    choices: { ...noChoices, given },
    path: [],
    complaint: form && kind === 'complaint' ? nameOf(form) : null,
    suggestion: form && kind === 'suggestion' ? nameOf(form) : null,
  };
  // J1: a key account of a junior goes on to a senior, which the junior says and does.
  if (keyAccount === null || (keyAccount && !sends)) return first;
  const words = { say: keyAccount ? 'key-account' : 'not-key-account' } as const;
  const taken = { step: first.step, words, choices: first.choices, byRecords: true, left: false };
  return { ...first, step: afterRank[given ?? 'unknown'], path: [taken] };
};

/** The guide after an answer whose effects are done. */
export const takeAnswer = (state: GuideState, given: GuideAnswer): GuideState => {
  const { step, choices, path } = state;
  const outcomes = given.outcome === null ? choices.outcomes : [...choices.outcomes, given.outcome];
  const taken = { step, words: given.words, choices, byRecords: false, left: leavesTheDesk(given.effects) };
  return {
    ...state,
    step: given.to,
    choices: { ...choices, outcomes, ...given.choose },
    // What was done with is not gone back to.
    path: step === 'done' ? [] : [...path, taken],
  };
};

export const mayGoBack = ({ path }: GuideState): boolean => path.at(-1)?.left === false;

/** One question back; where something has left the desk the guide stays where it is. */
export const goBack = (state: GuideState): GuideState => {
  const last = state.path.at(-1);
  if (!last || last.left) return state;
  return { ...state, step: last.step, choices: last.choices, path: state.path.slice(0, -1) };
};
