// @vitest-environment happy-dom
import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { earlierComplaint } from '../../../domain/forms/procedure/testing/earlier-complaints.ts';
import { openGuidedDesk, talking } from './guided-desk.fixture.tsx';

afterEach(cleanup);

const answered = async (parts: Parameters<typeof openGuidedDesk>[0] = {}) => {
  const desk = await openGuidedDesk(parts);
  desk.calls({});
  desk.calls(talking);
  await desk.asked('kind');
  return desk;
};

const isFocused = (testId: string): boolean => document.activeElement === screen.getByTestId(testId);
const answerTexts = (): readonly string[] =>
  screen.getAllByTestId(/^guide-answer-\d+$/).map((one) => one.textContent ?? '');
const daysAgo = (days: number): number => Date.now() - days * 86_400_000;

test('J6 by digits alone: the focus goes where the next thing is written, and the order to the audit', async () => {
  const { user, asked, forms } = await answered();
  await user.keyboard('1');
  await asked('reasonable');
  await user.keyboard('1');
  await asked('standing');
  await user.keyboard('3');
  await asked('type');
  await user.keyboard('1');
  await asked('settle');
  await waitFor(() => expect(isFocused('field-callerName')).toBe(true));
  await user.keyboard('王小明{Enter}');
  expect(isFocused('field-account')).toBe(true);
  await user.keyboard('BB-20417{Enter}');
  expect(isFocused('field-text')).toBe(true);
  await user.keyboard('断线 12 次');
  expect(screen.getByTestId<HTMLTextAreaElement>('field-text').value).toBe('断线 12 次');
  await asked('settle');
  await user.keyboard('{Alt>}2{/Alt}');
  await asked('department');
  await user.keyboard('2');
  await asked('order');
  await waitFor(() => expect(isFocused('guide-words')).toBe(true));
  expect(screen.getByTestId<HTMLTextAreaElement>('guide-words').value).toBe('断线 12 次');
  await user.keyboard('{Alt>}1{/Alt}');
  await asked('done');
  expect([...forms.values()]).toMatchObject([
    {
      fields: { callerName: '王小明', contactNumber: '13800001234', account: 'BB-20417' },
      procedure: { stage: 'audit', orders: [{ department: 'billing', text: '断线 12 次' }] },
    },
  ]);
  expect(screen.getByTestId('guide-outcomes').textContent).toBe('派单交高级话务员审核');
});

test('J6 an answer that wants a full record leads to what is missing, and sends nothing', async () => {
  const { user, asked, forms } = await answered();
  for (const [key, step] of [
    ['1', 'reasonable'],
    ['1', 'standing'],
    ['3', 'type'],
    ['4', 'settle'],
  ] as const) {
    await user.keyboard(key);
    await asked(step);
  }
  expect(answerTexts()[0]).toContain('还缺：投诉内容');
  await user.keyboard('{Alt>}3{/Alt}');
  await waitFor(() => expect(isFocused('field-text')).toBe(true));
  await asked('settle');
  expect([...forms.values()][0]?.status).toBe('draft');
});

test('J4a what the records say stands beside the question, and what follows before it is confirmed', async () => {
  const earlier = earlierComplaint('satisfied', daysAgo(2));
  const { user, asked, forms } = await answered({ earlier: [earlier] });
  await user.keyboard('1');
  await asked('reasonable');
  expect(screen.getByTestId('guide-records').textContent).toContain('满意度记录: 满意');
  await user.keyboard('1');
  await asked('standing');
  await user.keyboard('1');
  await asked('repeat');
  expect(answerTexts()).toEqual([
    '1满意接下来：态度与记录一致：答复“已处理”',
    '2不满意接下来：态度与记录不符：转经理热线核查',
  ]);
  await user.keyboard('2');
  await asked('done');
  expect(forms.get(earlier.id)?.procedure).toMatchObject({ stage: 'manager', repeats: [{ contactId: 'c1' }] });
  expect(forms.get(earlier.id)?.calls).toMatchObject([{ contactId: 'c1' }]);
});

test('J2 known suggestions are listed as it is written, and one is counted by its key', async () => {
  const known = earlierComplaint('senior', daysAgo(9));
  const suggestion = { ...known, kind: 'suggestion', procedure: { ...known.procedure, stage: 'curation' } } as const;
  const { id, number, openedAt } = suggestion;
  const likely = [{ id, number, openedAt, excerpt: '延长营业时间', status: 'submitted', score: 0.61 }] as const;
  const { user, asked, forms } = await answered({ earlier: [suggestion], likely });
  await user.keyboard('2');
  await asked('suggestion');
  await waitFor(() => expect(isFocused('guide-words')).toBe(true));
  await user.keyboard('周末也营业');
  await waitFor(() => expect(screen.getByTestId('guide-likely').textContent).toContain('相近 61%'));
  await user.keyboard('{Alt>}2{/Alt}');
  await asked('done');
  expect(forms.get(id)?.procedure.supporters).toMatchObject([{ text: '周末也营业', contactNumber: '13800001234' }]);
});

test('one key goes a question back, until something has left the desk', async () => {
  const { user, asked } = await answered();
  await user.keyboard('1');
  await asked('reasonable');
  await user.keyboard('2');
  await asked('decline-reason');
  await user.keyboard('0');
  await asked('reasonable');
  await user.keyboard('00');
  await asked('key-account');
  expect(screen.getByTestId<HTMLButtonElement>('guide-back').disabled).toBe(true);
  for (const [key, step] of [
    ['2', 'kind'],
    ['1', 'reasonable'],
    ['2', 'decline-reason'],
    ['4', 'explain'],
    ['1', 'done'],
  ] as const) {
    await user.keyboard(key);
    await asked(step);
  }
  expect(screen.getByTestId('guide-back').textContent).toContain('已送出本席，不能返回');
  await user.keyboard('0');
  await asked('done');
});

test('what was refused halfway says why, and the same key goes on behind what was done', async () => {
  const { user, asked, forms, performed } = await answered({ refuses: ['form.hand-over'] });
  for (const [key, step] of [
    ['1', 'reasonable'],
    ['2', 'decline-reason'],
    ['1', 'explain'],
  ] as const) {
    await user.keyboard(key);
    await asked(step);
  }
  await user.keyboard('2');
  const failure = await screen.findByTestId('guide-failure');
  expect(failure.textContent).toContain('再按同一键从这里继续');
  await asked('explain');
  await user.keyboard('0');
  await asked('explain');
  await user.keyboard('2');
  await asked('done');
  expect([...forms.values()][0]?.procedure.stage).toBe('manager');
  const declines = performed.filter(({ input }) => (input as { kind?: string } | undefined)?.kind === 'form.decline');
  expect(declines).toHaveLength(1);
});

test('where main does not answer the guide says so, and the same key tries again', async () => {
  const { user, asked, forms } = await answered({ breaks: 1 });
  await user.keyboard('2');
  await asked('suggestion');
  await user.keyboard('周末也营业{Alt>}1{/Alt}');
  await screen.findByTestId('guide-failure');
  await asked('suggestion');
  await user.keyboard('{Alt>}1{/Alt}');
  await asked('record');
  const suggestions = [...forms.values()].filter(({ kind }) => kind === 'suggestion');
  expect(suggestions.map(({ fields }) => fields.text)).toEqual(['周末也营业']);
});

test('the guide is put away and comes back where it was; with no call it is worked on the form that is open', async () => {
  const { user, asked, calls } = await answered();
  await user.keyboard('1');
  await asked('reasonable');
  await user.keyboard('{Control>}g{/Control}');
  expect(screen.queryByTestId('guide')).toBeNull();
  await user.keyboard('{Control>}g{/Control}');
  await asked('reasonable');
  calls({ ...talking, phase: 'ended', outcome: 'caller-gone' });
  await user.keyboard('{Control>}k{/Control}');
  await waitFor(() => expect(screen.queryByTestId('guide')).toBeNull());
  await user.keyboard('{Control>}g{/Control}');
  await asked('reasonable');
  await user.keyboard('{Control>}n{/Control}');
  await user.keyboard('{Control>}g{/Control}{Control>}g{/Control}');
  await asked('key-account');
});
