import { describe, expect, test } from 'vitest';
import type { ComplaintFields } from '../complaint.ts';
import { departmentsOf, seenByDepartment } from './department-view.ts';
import {
  after,
  billing,
  centre,
  dispatch,
  followUp,
  id,
  junior,
  monday,
  opened,
  orderOf,
  refusal,
  senior,
  shops,
  stageOf,
} from './procedure.fixture.ts';

const sent = () => after(opened(), senior('form.order', dispatch(), monday));
const replied = () => after(sent(), shops('form.answer-order', { order: id(1), text: '已批评教育' }));
const inChina = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);

describe('S3', () => {
  test.each([
    ['product-quality', '2026-11-26T17:30'],
    ['staff-conduct', '2026-11-25T17:30'],
    ['billing-tariff', '2026-11-25T17:30'],
    ['other', '2026-11-30T17:30'],
  ] as const)('S3 a dispatch about %s that is sent on a Monday is due at %s', (type, due) => {
    const form = after(opened('complaint', { complaintType: type }), senior('form.order', dispatch(), monday));
    expect(inChina(orderOf(form, id(1)).deadline?.dueAt ?? 0)).toBe(due);
  });

  test('S3 the deadline begins with the sending: a proposal has none, nor has a chase or a return', () => {
    const proposed = after(opened(), junior('form.order', dispatch(), monday - 86_400_000));
    expect(orderOf(proposed, id(1)).deadline).toBeNull();
    const audited = after(proposed, senior('form.audit-order', { order: id(1), verdict: 'approve' }, monday));
    expect(orderOf(audited, id(1)).deadline?.startedAt).toBe(monday);
    const chased = after(audited, senior('form.order', followUp('chase')));
    expect(orderOf(chased, id(2)).deadline).toBeNull();
  });

  test('S3 a type that is corrected later moves no deadline that was told to a department', () => {
    const from: Partial<ComplaintFields> = { complaintType: 'staff-conduct' };
    const edited = after(sent(), senior('form.edit', { from, to: { complaintType: 'other' } }));
    expect(orderOf(edited, id(1)).deadline).toEqual(orderOf(sent(), id(1)).deadline);
  });

  test('S3 a deadline stands still only with a reason, and goes on', () => {
    const paused = after(sent(), senior('form.pause', { order: id(1), reason: '待用户材料' }, monday + 1));
    expect(orderOf(paused, id(1)).deadline?.paused).toEqual({ at: monday + 1, reason: '待用户材料' });
    const resumed = after(paused, senior('form.resume', { order: id(1) }, monday + 2));
    expect(orderOf(resumed, id(1)).deadline).toMatchObject({ paused: null, pauses: [{ reason: '待用户材料' }] });
    expect(refusal(sent(), shops('form.pause', { order: id(1), reason: '忙' }))).toEqual({
      code: 'not-allowed',
      right: 'order.audit',
    });
  });

  test('S3 what is no longer waited for is not paused', () => {
    const both = after(replied(), senior('form.order', dispatch(id(2), 'billing')));
    const accepted = after(both, senior('form.check-reply', { order: id(1), verdict: 'accept' }));
    expect(refusal(accepted, senior('form.pause', { order: id(1), reason: '待用户材料' }))).toEqual({
      code: 'order-moved-on',
      state: 'accepted',
    });
  });
});

describe('S4', () => {
  test('S4 answered by the department, checked by a senior, and only then told to the user', () => {
    expect(stageOf(replied())).toBe('reply-check');
    expect(refusal(replied(), junior('form.answer', { text: '已处理' }))).toMatchObject({ code: 'not-in-this-stage' });
    const accepted = after(replied(), senior('form.check-reply', { order: id(1), verdict: 'accept' }));
    expect([stageOf(accepted), orderOf(accepted, id(1)).checkedBy]).toEqual(['informing', '8806']);
    expect(stageOf(after(accepted, junior('form.answer', { text: '已处理' })))).toBe('answered');
  });

  test('S4 a reply is checked by no junior and by no department', () => {
    for (const by of [junior, shops]) {
      expect(refusal(replied(), by('form.check-reply', { order: id(1), verdict: 'accept' }))).toEqual({
        code: 'not-allowed',
        right: 'order.audit',
      });
    }
  });

  test('S4 a reply that will not do goes back with the reason, its deadline as it was', () => {
    const back = after(replied(), senior('form.check-reply', { order: id(1), verdict: 'send-back', reason: '未答全' }));
    expect(stageOf(back)).toBe('department');
    expect(orderOf(back, id(1))).toMatchObject({ state: 'sent', talk: [{ kind: 'sent-back', text: '未答全' }] });
    expect(orderOf(back, id(1)).deadline).toEqual(orderOf(sent(), id(1)).deadline);
  });

  test('S4 a department asks, a senior answers, and the order goes on', () => {
    const asked = after(sent(), shops('form.question-order', { order: id(1), text: '哪个营业厅？' }));
    expect([stageOf(asked), orderOf(asked, id(1)).state]).toEqual(['department', 'asked']);
    expect(refusal(asked, junior('form.reply-question', { order: id(1), text: '芜湖' }))).toMatchObject({
      code: 'not-allowed',
    });
    const told = after(asked, senior('form.reply-question', { order: id(1), text: '芜湖' }));
    expect(orderOf(told, id(1))).toMatchObject({
      state: 'sent',
      talk: [
        { kind: 'question', by: '7001' },
        { kind: 'reply', by: '8806' },
      ],
    });
  });

  test('S4 refused by the department with a reason → senior agent', () => {
    const form = after(sent(), shops('form.refuse-order', { order: id(1), reason: '非本部门' }));
    expect([stageOf(form), orderOf(form, id(1)).state]).toEqual(['senior', 'refused']);
    expect(orderOf(form, id(1)).talk).toMatchObject([{ kind: 'refusal', text: '非本部门' }]);
  });

  test('S4 handed on, it is the other department’s alone, with the deadline it had', () => {
    const form = after(
      sent(),
      shops('form.hand-on-order', { order: id(1), department: 'billing', reason: '账务问题' }),
    );
    expect(orderOf(form, id(1))).toMatchObject({ state: 'sent', department: 'billing' });
    expect(orderOf(form, id(1)).deadline).toEqual(orderOf(sent(), id(1)).deadline);
    expect(refusal(form, shops('form.answer-order', { order: id(1), text: '已查' }))).toEqual({
      code: 'not-your-order',
    });
    expect(stageOf(after(form, billing('form.answer-order', { order: id(1), text: '已退费' })))).toBe('reply-check');
    const nowhere = shops('form.hand-on-order', { order: id(1), department: 'nobody', reason: '？' });
    expect(refusal(sent(), nowhere)).toEqual({ code: 'no-such-department' });
  });

  test('S4 a chase follows its order to the department that has it by then', () => {
    const form = after(
      sent(),
      junior('form.order', followUp('chase')),
      shops('form.hand-on-order', { order: id(1), department: 'billing', reason: '账务问题' }),
      senior('form.audit-order', { order: id(2), verdict: 'approve' }),
    );
    expect(orderOf(form, id(2))).toMatchObject({ state: 'delivered', department: 'billing' });
  });

  test('S4 another department’s order is not answered, asked about, refused or handed on', () => {
    const order = id(1);
    for (const step of [
      billing('form.answer-order', { order, text: '已查' }),
      billing('form.question-order', { order, text: '？' }),
      billing('form.refuse-order', { order, reason: '非本部门' }),
      billing('form.hand-on-order', { order, department: 'billing', reason: '我们来' }),
    ]) {
      expect(refusal(sent(), step)).toEqual({ code: 'not-your-order' });
    }
  });

  test('S4 two departments: a reply is checked while the other still works, the user hears when both are through', () => {
    const both = after(sent(), senior('form.order', dispatch(id(2), 'billing')));
    const first = after(both, shops('form.answer-order', { order: id(1), text: '已批评教育' }));
    expect(stageOf(first)).toBe('reply-check');
    const accepted = after(first, senior('form.check-reply', { order: id(1), verdict: 'accept' }));
    expect(stageOf(accepted)).toBe('department');
    const second = after(
      accepted,
      billing('form.answer-order', { order: id(2), text: '已退费' }),
      senior('form.check-reply', { order: id(2), verdict: 'accept' }),
    );
    expect(stageOf(second)).toBe('informing');
  });

  test('S4 overdue → manager hotline, by the centre alone', () => {
    const late = monday + 3 * 86_400_000;
    const escalated = after(sent(), centre('form.escalate', { order: id(1) }, late));
    expect(escalated.procedure).toMatchObject({ stage: 'manager', handOvers: [{ to: 'manager', cause: 'overdue' }] });
    expect(refusal(sent(), senior('form.escalate', { order: id(1) }, late))).toEqual({
      code: 'not-allowed',
      right: 'form.escalate',
    });
    expect(refusal(sent(), centre('form.escalate', { order: id(1) }, monday))).toEqual({ code: 'not-overdue' });
  });

  test('S4 a department sees the matter and its own orders, nothing that the hotline keeps to itself', () => {
    const form = after(
      opened('complaint', { idNumber: '340202199001011234' }),
      senior('form.order', dispatch()),
      senior('form.order', dispatch(id(2), 'billing')),
      junior('form.order', dispatch(id(3), 'billing')),
      senior('form.assess', { id: id(4), agent: '1001', finding: 'hard-case', clause: '', weight: 0, text: '难' }),
      junior('form.note', { text: '用户情绪激动' }),
    );
    const seen = seenByDepartment(form, 'shops');
    expect(seen.fields).toEqual({ ...form.fields, idNumber: '' });
    expect(seen.procedure.orders).toEqual([orderOf(form, id(1))]);
    expect([seen.notes, seen.procedure.assessments]).toEqual([[], []]);
    expect(seenByDepartment(form, 'billing').procedure.orders).toEqual([orderOf(form, id(2))]);
    expect(departmentsOf(form)).toEqual(['shops', 'billing']);
    expect(departmentsOf(after(opened(), junior('form.order', dispatch())))).toEqual([]);
  });
});
