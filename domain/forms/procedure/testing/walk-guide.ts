import { ok, type Result } from '../../../result.ts';
import { emptyComplaint } from '../../complaint.ts';
import type { Form, Refusal } from '../../form.ts';
import type { FormAction, OperationKind } from '../../operations.ts';
import { perform } from '../../perform.ts';
import { answersAt, takeAnswer } from '../guide.ts';
import type { GuideAnswer } from '../guide-answers.ts';
import type { FormName, GuidedForm, GuideEffect, GuideFacts, GuideState } from '../guide-state.ts';
import { handOverAction } from '../hand-over-action.ts';
import { usualProcedureRules } from '../procedure-rules.ts';
import type { TestPerson } from './people.ts';
import { operationOf } from './random-operation.ts';

/** A desk with its forms, as the guide finds and leaves them. */
export interface GuidedDesk {
  readonly person: TestPerson;
  readonly forms: ReadonlyMap<string, Form>;
  readonly guide: GuideState;
  readonly now: number;
  /** To whom the caller was put through, with which form. */
  readonly transfers: readonly { readonly to: string; readonly form: string }[];
  readonly facts: Partial<GuideFacts>;
}

const idOf = (count: number, version: 4 | 7 = 7): string =>
  `019ab000-0000-${version}000-8000-${count.toString(16).padStart(12, '0')}`;

const kindAsked = ({ step }: GuideState): 'complaint' | 'suggestion' =>
  step === 'suggestion' || step === 'record' ? 'suggestion' : 'complaint';

export const factsAt = (desk: GuidedDesk): GuideFacts => {
  const asked = desk.guide[kindAsked(desk.guide)];
  const form = asked ? desk.forms.get(asked.id) : undefined;
  const { roles } = desk.person;
  return {
    keyAccount: null,
    earlier: [...desk.forms.values()].filter(({ kind, status }) => kind === 'complaint' && status === 'submitted'),
    known: [],
    draft: form?.status === 'draft' ? form : null,
    words: '',
    caller: { name: '王小明', number: '13800001234' },
    contactId: null,
    inCall: false,
    sends: roles.includes('senior-agent') || roles.includes('manager-hotline'),
    rules: usualProcedureRules,
    now: desk.now,
    ...desk.facts,
  };
};

export const answersOf = (desk: GuidedDesk): readonly GuideAnswer[] => answersAt(desk.guide, factsAt(desk));

/** One thing done to a form by its person, a second after what was done before. */
export const act = (
  desk: GuidedDesk,
  form: string,
  kind: OperationKind,
  payload: unknown,
  person = desk.person,
): Result<GuidedDesk, Refusal> => {
  const now = desk.now + 1_000;
  const operation = operationOf(kind, payload, { id: idOf(now), form, madeAt: now, by: person.number });
  const done = perform(desk.forms.get(form), operation, person, usualProcedureRules);
  return done.ok ? ok({ ...desk, now, forms: new Map([...desk.forms, [form, done.value]]) }) : done;
};

/** Does all that follows from an answer, by the rules of the forms themselves, and goes on to the next question. */
export const give = (desk: GuidedDesk, answer: GuideAnswer): Result<GuidedDesk, Refusal> => {
  let after: GuidedDesk = desk;
  for (const effect of answer.effects) {
    const done = carryOut(after, answer, effect);
    if (!done.ok) return done;
    after = done.value;
  }
  return ok({ ...after, guide: takeAnswer(after.guide, answer), facts: { ...after.facts, words: '' } });
};

const carryOut = (desk: GuidedDesk, answer: GuideAnswer, effect: GuideEffect): Result<GuidedDesk, Refusal> => {
  const choices = { ...desk.guide.choices, ...answer.choose };
  const named = (on: GuidedForm): string =>
    (on === 'earlier' || on === 'known' ? choices[on] : desk.guide[on])?.id ?? 'none';
  const doTo = (action: Pick<FormAction, 'form' | 'kind' | 'payload'>): Result<GuidedDesk, Refusal> =>
    act(desk, action.form, action.kind, action.payload);
  switch (effect.does) {
    case 'open':
      return opened(desk, effect.kind);
    case 'show':
      return ok(desk);
    case 'fill': {
      const form = named(effect.on);
      const standing = desk.forms.get(form)?.fields;
      const from = Object.fromEntries(Object.entries(standing ?? {}).filter(([name]) => name in effect.fields));
      return doTo({ form, kind: 'form.edit', payload: { from, to: effect.fields } });
    }
    case 'perform':
      return doTo({ form: named(effect.on), ...effect.action });
    case 'order': {
      const payload = { ...effect.order, order: idOf(desk.now, 4) };
      return doTo({ form: named(effect.on), kind: 'form.order', payload });
    }
    case 'link': {
      const pair = [named(choices.earlier ? 'earlier' : 'complaint'), named(choices.known ? 'known' : 'suggestion')];
      return [pair, pair.toReversed()].reduce<Result<GuidedDesk, Refusal>>(
        (before, [form = '', other = '']) =>
          before.ok
            ? act(before.value, form, 'form.link', { form: other, number: desk.forms.get(other)?.number ?? '' })
            : before,
        ok(desk),
      );
    }
    case 'transfer': {
      const form = named(effect.on);
      const standing = desk.forms.get(form);
      const action = standing && handOverAction(standing, effect, desk.person.roles);
      const handed = action ? doTo(action) : ok(desk);
      if (!handed.ok || !factsAt(desk).inCall) return handed;
      return ok({ ...handed.value, transfers: [...desk.transfers, { to: effect.to, form }] });
    }
    default:
      return effect satisfies never;
  }
};

const opened = (desk: GuidedDesk, kind: 'complaint' | 'suggestion'): Result<GuidedDesk, Refusal> => {
  const known = desk.guide[kind];
  if (known && desk.forms.get(known.id)?.status === 'draft') return ok(desk);
  const name: FormName = { id: idOf(desk.now + 500), number: `N-${desk.forms.size + 1}` };
  const made = act(desk, name.id, 'form.open', {
    ...{ number: name.number, kind, origin: { via: 'desk', channel: 'voice' }, attachments: [] },
    fields: { ...emptyComplaint, contactNumber: '13800001234' },
  });
  return made.ok ? ok({ ...made.value, guide: { ...desk.guide, [kind]: name } }) : made;
};
