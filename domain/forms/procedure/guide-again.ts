import type { Form } from '../form.ts';
import { answer, type GuideAnswer, type GuidePage, linked, nameOf, perform, transfer } from './guide-answers.ts';
import type { AnswerName, GuideChoices, GuideEffect, GuideFacts } from './guide-state.ts';
import type { Attitude, RepeatBranch } from './procedure.ts';
import { isEnded, repeatBranch } from './repeat.ts';
import { lastOpenOrder } from './stage-of-orders.ts';
import { stageTables } from './stages.ts';

/** As many as there are keys for. */
const mostShown = 9;

/** The complaint of before that was chosen, as it stands now. */
export const earlierChosen = ({ earlier }: GuideChoices, facts: GuideFacts): Form | undefined =>
  facts.earlier.find(({ id }) => id === earlier?.id);

/** J3: to repeat or to add to; of one complaint alone it need not be asked which. */
export const again = (way: 'repeat' | 'supplement', { earlier }: GuideFacts): GuideAnswer => {
  const [only, ...others] = earlier;
  if (!only) return answer({ say: way }, 'which', { hindrance: { why: 'no-earlier' } });
  if (others.length > 0) return answer({ say: way }, 'which', { choose: { again: way } });
  return answer({ say: way }, way, {
    choose: { again: way, earlier: nameOf(only) },
    effects: [{ does: 'show', form: only.id }],
  });
};

export const whichPage: GuidePage = {
  clause: 'J4',
  box: false,
  focus: 'none',
  answers: (choices, { earlier }) =>
    earlier.slice(0, mostShown).map((form) =>
      answer({ say: 'form', number: form.number }, choices.again ?? 'repeat', {
        choose: { earlier: nameOf(form) },
        effects: [{ does: 'show', form: form.id }],
      }),
    ),
};

/** Who takes the caller, with the form that the branch has moved already. */
const afterBranch: Readonly<Record<RepeatBranch, readonly GuideEffect[]>> = {
  differs: [transfer('earlier', 'manager', 'attitude-differs', '')],
  handled: [],
  dissatisfied: [transfer('earlier', 'senior', 'not-content', '')],
  overdue: [transfer('earlier', 'manager', 'overdue', '')],
  progress: [],
  final: [],
};

export const repeatPage: GuidePage = {
  clause: 'J4',
  box: false,
  focus: 'none',
  answers: (choices, facts) => {
    const earlier = earlierChosen(choices, facts);
    if (!earlier) return [];
    const meet = (say: AnswerName, attitude: Attitude | null): GuideAnswer => {
      const branch = repeatBranch(earlier.procedure, attitude, facts.now);
      const { contactId } = facts;
      const come = perform('earlier', { kind: 'form.repeat', payload: { attitude, contactId } });
      const onward = afterBranch[branch].filter((effect) => !isToOwnDesk(effect, facts));
      return answer({ say }, 'done', { effects: linked(choices, [come, ...onward]), outcome: branch });
    };
    return isEnded(earlier.procedure)
      ? [meet('satisfied', 'satisfied'), meet('dissatisfied', 'dissatisfied')]
      : [meet('come-again', null)];
  },
};

/** Whoever audits orders is the senior that a junior hands over to. */
const isToOwnDesk = (effect: GuideEffect, { sends }: GuideFacts): boolean =>
  sends && effect.does === 'transfer' && effect.to === 'senior';

export const supplementPage: GuidePage = {
  clause: 'J5',
  box: true,
  focus: 'box',
  answers: (choices, facts) => {
    const earlier = earlierChosen(choices, facts);
    if (!earlier) return [];
    const { contactId, words, sends } = facts;
    const text = words.trim();
    const add = (needs: 'nothing' | 'order' | 'senior') =>
      perform('earlier', { kind: 'form.supplement', payload: { text, needs, contactId } });
    const given = (say: AnswerName, effects: readonly GuideEffect[], outcome: GuideAnswer['outcome']) =>
      answer({ say }, 'done', {
        effects: linked(choices, effects),
        outcome,
        hindrance: text === '' ? { why: 'no-words' } : null,
      });
    const toSenior = transfer('earlier', 'senior', 'cannot-settle', text);
    const followed = mayFollowUp(earlier, sends) ? lastOpenOrder(earlier.procedure) : undefined;
    const followUps = followed
      ? (['chase', 'return'] as const).map((type) => {
          const order = { type, department: followed.department, text, follows: followed.id };
          const effects = [add('order'), { does: 'order', on: 'earlier', order } as const];
          return given(type, effects, sends ? 'follow-up-sent' : 'follow-up-to-audit');
        })
      : [];
    return [
      given('settled', [add('nothing')], 'added'),
      ...followUps,
      given('senior', [add('senior'), ...(sends ? [] : [toSenior])], 'added-to-senior'),
    ];
  },
};

const mayFollowUp = ({ kind, procedure }: Form, sends: boolean): boolean =>
  stageTables[kind][procedure.stage]?.moves[sends ? 'send-order' : 'propose-order'] !== undefined;
