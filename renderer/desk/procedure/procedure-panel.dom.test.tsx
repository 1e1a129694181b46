// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { Provider } from 'react-redux';
import { afterEach, describe, expect, test } from 'vitest';
import type { Person } from '../../../contract/http.ts';
import type { FormView } from '../../../contract/ipc.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { FormAction, Operation } from '../../../domain/forms/operations.ts';
import { perform } from '../../../domain/forms/perform.ts';
import {
  after,
  dataAdmin,
  formId,
  id,
  junior,
  opened,
  senior,
  shops,
} from '../../../domain/forms/procedure/procedure.fixture.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { stageTables } from '../../../domain/forms/procedure/stages.ts';
import { makeI18n } from '../../app/i18n/i18n.ts';
import { syncTaken } from '../../app/store/desk-slice.ts';
import { viewTaken } from '../../app/store/editor-slice.ts';
import { fakeBridge } from '../../app/store/fake-bridge.ts';
import { makeStore, useDeskSelector } from '../../app/store/store.ts';
import { actionOf } from './actions-of.ts';
import { type BoxDraft, choicesOf, freshDraft } from './box-draft.ts';
import type { Box, BoxName } from './boxes.ts';
import { ProcedurePanel } from './procedure-panel.tsx';

afterEach(cleanup);

const order = id(1);
const dispatched = { order, type: 'dispatch', department: 'shops', text: '请查', follows: null } as const;
const proposed = after(opened(), junior('form.order', dispatched));
const sent = after(opened(), senior('form.order', dispatched));
const replied = after(sent, shops('form.answer-order', { order, text: '已查' }));
const answered = after(opened(), junior('form.answer', { text: '已解释' }));
const wanted = after(opened('suggestion'), junior('form.submit', {}));

/** A complaint or suggestion in each stage that it can be in. */
const standing: readonly (readonly [string, Form])[] = [
  ['a draft', opened()],
  ['an order to be audited', proposed],
  ['a question of the department', after(sent, shops('form.question-order', { order, text: '账号？' }))],
  ['at the department', sent],
  ['with the seniors', after(opened(), junior('form.submit', {}))],
  ['taken by a senior', after(opened(), junior('form.submit', {}), senior('form.take', {}))],
  ['a reply to be checked', replied],
  ['the user to be told', after(replied, senior('form.check-reply', { order, verdict: 'accept' }))],
  [
    'at the manager hotline',
    after(opened(), junior('form.hand-over', { to: 'manager', cause: 'explanation-not-accepted', text: '' })),
  ],
  ['answered', answered],
  ['closed', after(answered, junior('form.call-back', { outcome: 'satisfied', source: 'agent', text: '' }))],
  ['not accepted', after(opened(), junior('form.decline', { reason: 'no-facts', text: '' }))],
  [
    'a supplement to be settled',
    after(sent, junior('form.supplement', { text: '又断了', needs: 'senior', contactId: null })),
  ],
  [
    'an assessment to be answered',
    after(
      proposed,
      senior('form.assess', {
        ...{ id: id(2), agent: '1001', finding: 'mistake', clause: 'incomplete', weight: 1, text: '' },
      }),
    ),
  ],
  ['a suggestion', wanted],
  ['a merged suggestion', after(wanted, dataAdmin('form.merge', { into: formId(2), number: 'N2' }))],
  ['a settled suggestion', after(wanted, dataAdmin('form.settle-suggestion', { end: 'noted', text: '已转产品部' }))],
];

const person = (staffNumber: string, more: Pick<Person, 'roles' | 'department'>): Person => ({
  ...{ staffNumber, name: '', languages: ['zh'] },
  ...more,
});
const people: readonly Person[] = [
  person('1001', { roles: ['junior-agent'] }),
  person('8806', { roles: ['senior-agent'] }),
  person('8001', { roles: ['manager-hotline'] }),
  person('5001', { roles: ['data-admin'] }),
  person('7001', { roles: ['department'], department: 'shops' }),
  person('7002', { roles: ['department'], department: 'billing' }),
  person('9001', { roles: ['supervisor'] }),
];

const viewOf = (form: Form): FormView => ({ form, pending: 0, attention: [], tentative: false, masked: [] });

const tryOn = (form: Form, who: Person, action: FormAction) => {
  const envelope = { id: formId(90), device: id(90), seq: 1, madeAt: form.changedAt + 1_000, by: who.staffNumber };
  return perform(form, { ...action, ...envelope } as Operation, who, usualProcedureRules);
};

const Shown = ({ form }: { readonly form: string }) => {
  const view = useDeskSelector((state) => state.editor.views[form]);
  return view ? <ProcedurePanel view={view} /> : null;
};

/** The panel of this person on this form, over a main process that works by the domain's own rules. */
const openPanel = (first: Form, who: Person, refuse = false) => {
  let form = first;
  const fake = fakeBridge({
    'form.read': () => viewOf(form),
    'form.list': () => ({ forms: [], total: 0, more: false }),
    'form.likely': () => [],
    'form.perform': (asked) => {
      if (refuse) return { ok: false, error: { code: 'held-by', by: '8807' } };
      const done = tryOn(form, who, asked as FormAction);
      if (!done.ok) return done;
      form = done.value;
      return { ok: true, value: viewOf(form) };
    },
  });
  const { store } = makeStore(
    { bridge: fake.bridge, saving: new Map(), isTyping: () => false },
    {
      session: { person: who, offline: false },
      settings: {
        ...{ interfaceLanguage: 'zh', microphone: null, speaker: null, ringDevice: null },
        ...{ ringVolume: 1, sayYao: false, theme: 'light' },
      },
    },
  );
  // The form is at a time of the fixture, and its deadlines with it.
  const clockOffsetMs = first.changedAt + 1_000 - Date.now();
  store.dispatch(syncTaken({ ...store.getState().desk.sync, clockOffsetMs }));
  store.dispatch(viewTaken(viewOf(form)));
  const i18n = makeI18n('zh');
  render(
    <Provider store={store}>
      <I18nextProvider i18n={i18n}>
        <Shown form={first.id} />
      </I18nextProvider>
    </Provider>,
  );
  return { ...fake, store, current: () => form };
};

const boxNames: readonly BoxName[] = [
  ...(['answer', 'decline', 'hand-to-senior', 'hand-to-manager', 'propose', 'dispatch', 'chase', 'return'] as const),
  ...(['audit', 'answer-order', 'question-order', 'reply-question', 'refuse-order', 'hand-on-order'] as const),
  ...(['check-reply', 'pause', 'resume', 'decide', 'repeat', 'supplement', 'settle-supplement'] as const),
  ...(['call-back', 'assess', 'answer-assessment', 'count', 'merge', 'split', 'settle-suggestion'] as const),
];
const ofOrders: readonly BoxName[] = [
  ...(['chase', 'return', 'audit', 'answer-order', 'question-order', 'reply-question', 'refuse-order'] as const),
  ...(['hand-on-order', 'check-reply', 'pause', 'resume'] as const),
];

const thingsOf = ({ procedure }: Form, name: BoxName): readonly (string | null)[] => {
  if (ofOrders.includes(name)) return procedure.orders.map((one) => one.id);
  if (name === 'settle-supplement') return procedure.supplements.map((one) => one.operation);
  if (name === 'answer-assessment') return procedure.assessments.map((one) => one.id);
  return [null];
};

/** A box filled as an agent would fill it. */
const filled = (form: Form, box: Box, me: string): BoxDraft => {
  const fresh = freshDraft(box, form, { id: id(80), rules: usualProcedureRules, me });
  return {
    ...fresh,
    choice: fresh.choice || (choicesOf(box, form, usualProcedureRules)[0] ?? ''),
    text: '写了',
    reason: '理由',
    department: fresh.department || 'network',
    into: { form: formId(3), number: 'N3' },
    assess: fresh.assess && { ...fresh.assess, finding: 'hard-case' },
  };
};

/** What the rules let this person do, asked one by one with the very operation that the box would send. */
const allowed = (form: Form, who: Person): readonly BoxName[] =>
  boxNames.filter((name) =>
    thingsOf(form, name).some((about) => {
      // An order of one who sends is no proposal, and the other way round.
      const sends = who.roles.some((role) => role === 'senior-agent' || role === 'manager-hotline');
      if (name === (sends ? 'propose' : 'dispatch')) return false;
      const box = { name, about };
      const answer = actionOf(box, { form, draft: filled(form, box, who.staffNumber), contactId: null });
      return 'action' in answer && tryOn(form, who, answer.action).ok;
    }),
  );

const offered = (): readonly string[] => [
  ...new Set(boxNames.filter((name) => screen.queryAllByTestId(`do-${name}`).length > 0)),
];

test('J S M D Q every stage of complaints and suggestions stands for a form here', () => {
  for (const kind of ['complaint', 'suggestion'] as const) {
    const here = standing.flatMap(([, form]) => (form.kind === kind ? [form.procedure.stage] : []));
    const table = Object.keys(stageTables[kind]).filter((stage) => kind === 'complaint' || stage !== 'drafting');
    expect(new Set(here)).toEqual(new Set(table));
  }
});

describe.each(standing)('J S M D Q %s', (_name, form) => {
  test.each(people)('offers $staffNumber exactly what the table allows', (who) => {
    openPanel(form, who);
    expect(offered()).toEqual(allowed(form, who));
  });
});

const theSenior = people[1] ?? person('8806', { roles: ['senior-agent'] });

test('J6 S2 a senior changes an order and assesses in the same go, by keys alone', async () => {
  const { current, asked } = openPanel(proposed, theSenior);
  const user = userEvent.setup();
  screen.getByTestId('do-audit').focus();
  await user.keyboard('{Enter}');
  const approve = await screen.findByTestId('box-choice-approve');
  expect(document.activeElement).toBe(approve);
  await user.click(screen.getByTestId('box-choice-change'));
  await user.clear(screen.getByTestId('box-text'));
  await user.type(screen.getByTestId('box-text'), '请查并回复');
  await user.type(screen.getByTestId('box-reason'), '说清要求');
  await user.click(screen.getByTestId('box-also-assess'));
  await user.selectOptions(screen.getByTestId('assess-clause'), 'incomplete');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(current().procedure.assessments).toMatchObject([{ agent: '1001', weight: 1 }]));
  expect(current().procedure.orders).toMatchObject([
    { state: 'sent', text: '请查并回复', audit: { verdict: 'changed' } },
  ]);
  expect(asked.filter(({ name }) => name === 'form.perform')).toHaveLength(2);
});

test('S1 a refused answer says why in words, and what was written stays, folded up and opened again', async () => {
  openPanel(after(opened(), junior('form.submit', {})), theSenior, true);
  const user = userEvent.setup();
  await user.click(screen.getByTestId('do-answer'));
  await user.type(await screen.findByTestId('box-text'), '已核实');
  await user.keyboard('{Control>}{Enter}{/Control}');
  const note = await screen.findByTestId('box-failure');
  expect(note.getAttribute('data-value')).toBe('held-by');
  expect(note.textContent).toContain('8807');
  await user.keyboard('{Escape}');
  expect(screen.queryByTestId('action-box')).toBeNull();
  await user.click(screen.getByTestId('do-answer'));
  expect(await screen.findByTestId('box-text')).toHaveProperty('value', '已核实');
});

test('S2 the junior named sees the assessment, another one does not', () => {
  const form = after(
    proposed,
    senior('form.assess', {
      ...{ id: id(2), agent: '1001', finding: 'mistake', clause: 'incomplete', weight: 1, text: '未记账号' },
    }),
  );
  openPanel(form, person('1001', { roles: ['junior-agent'] }));
  expect(screen.getByTestId('standing-assessments').textContent).toContain('未记账号');
  cleanup();
  openPanel(form, person('1002', { roles: ['junior-agent'] }));
  expect(screen.queryByTestId('standing-assessments')).toBeNull();
});

test('M1 the manager sees the satisfaction record of an investigation, and decides', async () => {
  const form = after(
    answered,
    junior('form.call-back', { outcome: 'satisfied', source: 'agent', text: '' }),
    junior('form.repeat', { attitude: 'dissatisfied', contactId: null }),
  );
  const { current } = openPanel(form, person('8001', { roles: ['manager-hotline'] }));
  expect(screen.getByTestId('stage').getAttribute('data-value')).toBe('manager');
  expect(screen.getByTestId('standing-repeats').textContent).toContain('态度与记录不符');
  expect(screen.getByTestId('standing-call-backs').textContent).toContain('满意');
  const user = userEvent.setup();
  await user.click(screen.getByTestId('do-decide'));
  await user.click(await screen.findByTestId('box-choice-answered'));
  await user.type(screen.getByTestId('box-text'), '退还当月费用');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(current().procedure.decision).toMatchObject({ by: '8001', text: '退还当月费用' }));
});
