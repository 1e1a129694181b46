import { describe, expect, test } from 'vitest';
import { after, dispatch, formId, id, junior, opened, orderOf, refusal, senior, stageOf } from './procedure.fixture.ts';
import { usualProcedureRules } from './procedure-rules.ts';

const half = { contactNumber: '', complaintType: null, text: '' } as const;

describe('J1', () => {
  test('J1 a key account goes straight to a senior agent, whatever is recorded by then', () => {
    const handed = junior('form.hand-over', { to: 'senior', cause: 'key-account', text: '大用户' });
    const form = after(opened('complaint', half), handed);
    expect(stageOf(form)).toBe('senior');
    expect(form.procedure.handOvers).toMatchObject([{ to: 'senior', cause: 'key-account', by: '1001' }]);
  });

  test('J1 both complaint and suggestion: two forms of one contact, each naming the other, each on its own way', () => {
    const complaint = after(opened(), junior('form.link', { form: formId(2), number: '261123-0017-002-9' }));
    const suggestion = after(opened('suggestion'), junior('form.link', { form: formId(1), number: complaint.number }));
    expect(complaint.procedure.links).toEqual([{ form: formId(2), number: '261123-0017-002-9' }]);
    expect(suggestion.procedure.links).toEqual([{ form: formId(1), number: complaint.number }]);
    expect(stageOf(after(complaint, junior('form.submit', {})))).toBe('senior');
    expect(stageOf(after(suggestion, junior('form.submit', {})))).toBe('curation');
  });

  test('J1 linked twice is linked once', () => {
    const link = () => junior('form.link', { form: formId(2), number: '261123-0017-002-9' });
    expect(after(opened(), link(), link()).procedure.links).toHaveLength(1);
  });
});

describe('J3', () => {
  test('J3 not reasonable → declined with a reason of the list', () => {
    const form = after(opened(), junior('form.decline', { reason: 'by-the-terms', text: '已解释资费公示' }));
    expect(form.procedure).toMatchObject({
      stage: 'declined',
      declined: { by: '1001', reason: 'by-the-terms', text: '已解释资费公示' },
    });
    expect(form.status).toBe('submitted');
  });

  test('J3 a reason that is not on the list is refused, every one that is on it is taken', () => {
    const decline = (reason: string) => junior('form.decline', { reason, text: '' });
    expect(refusal(opened(), decline('because'))).toEqual({ code: 'no-such-reason' });
    for (const { code } of usualProcedureRules.declineReasons) {
      expect(stageOf(after(opened(), decline(code)))).toBe('declined');
    }
  });

  test('J3 explained repeatedly and not accepted → manager hotline, from the talk or after declining', () => {
    const handed = () => junior('form.hand-over', { to: 'manager', cause: 'explanation-not-accepted', text: '' });
    const declined = after(opened(), junior('form.decline', { reason: 'no-facts', text: '' }));
    for (const form of [after(opened('complaint', half), handed()), after(declined, handed())]) {
      expect(form.procedure).toMatchObject({
        stage: 'manager',
        handOvers: [{ to: 'manager', cause: 'explanation-not-accepted' }],
      });
    }
  });

  test('J3 a suggestion is never declined, and a complaint that a senior has not by a junior', () => {
    const decline = junior('form.decline', { reason: 'no-facts', text: '' });
    expect(refusal(opened('suggestion'), decline)).toMatchObject({ code: 'not-in-this-stage' });
    const submitted = after(opened(), junior('form.submit', {}));
    expect(refusal(submitted, decline)).toEqual({ code: 'not-allowed', right: 'order.audit' });
    expect(stageOf(after(submitted, senior('form.decline', { reason: 'no-facts', text: '' })))).toBe('declined');
  });
});

describe('J6', () => {
  test('J6 cannot be settled at once → recorded in full, then to a senior agent', () => {
    expect(stageOf(after(opened(), junior('form.submit', {})))).toBe('senior');
    const handed = junior('form.hand-over', { to: 'senior', cause: 'cannot-settle', text: '' });
    expect(stageOf(after(opened(), handed))).toBe('senior');
    expect(refusal(opened('complaint', half), handed)).toMatchObject({ code: 'fields-missing' });
  });

  test('J6 settled on the spot → answered, once it is recorded in full', () => {
    const answer = junior('form.answer', { text: '已退费' });
    expect(after(opened(), answer).procedure).toMatchObject({
      stage: 'answered',
      answer: { by: '1001', text: '已退费' },
    });
    expect(refusal(opened('complaint', half), answer)).toEqual({
      code: 'fields-missing',
      fields: ['contactNumber', 'complaintType', 'text'],
    });
  });

  test('J6 settled by a dispatch → proposed by the junior, sent only by a senior’s second audit', () => {
    const proposed = after(opened(), junior('form.order', dispatch()));
    expect(stageOf(proposed)).toBe('audit');
    expect(orderOf(proposed, id(1))).toMatchObject({ state: 'proposed', sentAt: null, deadline: null });
    expect(refusal(opened('complaint', half), junior('form.order', dispatch()))).toMatchObject({
      code: 'fields-missing',
    });
    const approve = { order: id(1), verdict: 'approve' } as const;
    expect(refusal(proposed, junior('form.audit-order', approve))).toEqual({
      code: 'not-allowed',
      right: 'order.audit',
    });
    const sent = after(proposed, senior('form.audit-order', approve));
    expect(stageOf(sent)).toBe('department');
    expect(orderOf(sent, id(1))).toMatchObject({ state: 'sent', audit: { by: '8806', verdict: 'approved' } });
  });

  test('J6 audited with a change: the department gets what the senior says, and why stands on the order', () => {
    const change = { department: 'billing', text: '请核对账单', reason: '部门有误' };
    const sent = after(
      opened(),
      junior('form.order', dispatch()),
      senior('form.audit-order', { order: id(1), verdict: 'change', ...change }),
    );
    expect(stageOf(sent)).toBe('department');
    expect(orderOf(sent, id(1))).toMatchObject({
      ...{ state: 'sent', department: 'billing', text: '请核对账单', proposedBy: '1001' },
      audit: { verdict: 'changed', reason: '部门有误' },
    });
  });

  test('J6 refused by the audit with a reason: not sent, and the senior has the complaint', () => {
    const form = after(
      opened(),
      junior('form.order', dispatch()),
      senior('form.audit-order', { order: id(1), verdict: 'refuse', reason: '应自行答复' }),
    );
    expect(stageOf(form)).toBe('senior');
    expect(orderOf(form, id(1))).toMatchObject({
      state: 'not-sent',
      audit: { verdict: 'refused', reason: '应自行答复' },
    });
  });

  test('J6 an order to a department that is on no list, or with an id that is taken, is refused', () => {
    expect(refusal(opened(), junior('form.order', dispatch(id(1), 'nobody')))).toEqual({ code: 'no-such-department' });
    const proposed = after(opened(), junior('form.order', dispatch()));
    expect(refusal(proposed, junior('form.order', dispatch()))).toEqual({ code: 'order-exists' });
  });
});
