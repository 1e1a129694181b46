import { describe, expect, test } from 'vitest';
import {
  after,
  dispatch,
  followUp,
  id,
  junior,
  opened,
  orderOf,
  otherJunior,
  otherSenior,
  refusal,
  senior,
  shops,
  stageOf,
} from './procedure.fixture.ts';

const transferred = () => after(opened(), junior('form.submit', {}));

describe('S1', () => {
  test('S1 a transferred complaint is answered', () => {
    const form = after(transferred(), senior('form.answer', { text: '已赔付' }));
    expect(form.procedure).toMatchObject({ stage: 'answered', answer: { by: '8806', text: '已赔付' } });
    expect(refusal(transferred(), junior('form.answer', { text: '已赔付' }))).toEqual({
      code: 'not-allowed',
      right: 'order.audit',
    });
  });

  test('S1 a transferred complaint is dispatched, with no second audit', () => {
    const form = after(transferred(), senior('form.order', dispatch()));
    expect([stageOf(form), orderOf(form, id(1)).state]).toEqual(['department', 'sent']);
  });

  test('S1 a dispatch is chased, and the department hears it', () => {
    const form = after(transferred(), senior('form.order', dispatch()), senior('form.order', followUp('chase')));
    expect(stageOf(form)).toBe('department');
    expect(orderOf(form, id(1)).talk).toMatchObject([{ kind: 'chase', by: '8806', text: '请尽快' }]);
  });

  test('S1 answered while departments still have orders: these are taken back, none is left open', () => {
    const form = after(
      transferred(),
      senior('form.order', dispatch()),
      junior('form.supplement', { text: '另有一次', needs: 'senior', contactId: null }),
      senior('form.answer', { text: '已答复' }),
    );
    expect([stageOf(form), orderOf(form, id(1)).state]).toEqual(['answered', 'withdrawn']);
  });

  test('S1 not content with a normal answer → manager hotline, wherever the complaint is by then', () => {
    const sent = after(transferred(), senior('form.order', dispatch()));
    const replied = after(sent, shops('form.answer-order', { order: id(1), text: '已查实' }));
    const accepted = after(replied, senior('form.check-reply', { order: id(1), verdict: 'accept' }));
    const notContent = { to: 'manager', cause: 'not-content', text: '' } as const;
    for (const form of [transferred(), sent, replied]) {
      expect(stageOf(after(form, senior('form.hand-over', notContent)))).toBe('manager');
      expect(refusal(form, junior('form.hand-over', notContent))).toMatchObject({ code: 'not-allowed' });
    }
    for (const form of [accepted, after(transferred(), senior('form.answer', { text: '已答复' }))]) {
      expect(stageOf(after(form, junior('form.hand-over', notContent)))).toBe('manager');
    }
  });

  test('S1 taken up by one, it is not worked by another who has not taken it over', () => {
    const taken = after(transferred(), senior('form.take', {}));
    expect(refusal(taken, otherSenior('form.answer', { text: '已答复' }))).toEqual({ code: 'held-by', by: '8806' });
    expect(stageOf(after(taken, otherSenior('form.take', {}), otherSenior('form.answer', { text: '已答复' })))).toBe(
      'answered',
    );
    const back = after(taken, senior('form.put-back', {}));
    expect(back.procedure.holder).toBeNull();
    expect(refusal(back, senior('form.put-back', {}))).toEqual({ code: 'not-held' });
  });
});

describe('S2', () => {
  const assess = (finding: 'own-competence' | 'mistake' | 'hard-case', clause: string, place = 1, agent = '1001') =>
    senior('form.assess', { id: id(place), agent, finding, clause, weight: 2, text: '应自行答复' });
  const arrived = {
    transfer: () => transferred(),
    dispatch: () => after(opened(), junior('form.order', dispatch())),
    chase: () => after(opened(), senior('form.order', dispatch()), junior('form.order', followUp('chase'))),
    return: () => after(opened(), senior('form.order', dispatch()), junior('form.order', followUp('return'))),
  };

  test.each(['transfer', 'dispatch', 'chase', 'return'] as const)(
    'S2 a %s that arrives is assessed: own competence or a mistake is recorded against the junior',
    (what) => {
      for (const finding of ['own-competence', 'mistake'] as const) {
        const form = after(arrived[what](), assess(finding, 'own-competence'));
        expect(form.procedure.assessments).toMatchObject([
          { agent: '1001', by: '8806', finding, clause: 'own-competence', weight: 2, answer: null },
        ]);
        expect(stageOf(form)).toBe(stageOf(arrived[what]()));
      }
    },
  );

  test('S2 a hard case needs no clause: it is held against nobody', () => {
    const form = after(transferred(), assess('hard-case', ''));
    expect(form.procedure.assessments).toMatchObject([{ finding: 'hard-case', clause: '' }]);
    expect(refusal(transferred(), assess('mistake', ''))).toEqual({ code: 'no-such-clause' });
  });

  test('S2 the one it is about sees it and answers it, once', () => {
    const assessed = after(transferred(), assess('mistake', 'wrong-facts'));
    const answer = { id: id(1), text: '用户当时这样说' };
    expect(refusal(assessed, otherJunior('form.answer-assessment', answer))).toEqual({ code: 'no-such-assessment' });
    const answered = after(assessed, junior('form.answer-assessment', answer));
    expect(answered.procedure.assessments).toMatchObject([{ answer: { by: '1001', text: '用户当时这样说' } }]);
    expect(refusal(answered, junior('form.answer-assessment', answer))).toEqual({ code: 'answered-already' });
  });

  test('S2 juniors assess nobody, and seniors neither themselves nor who had nothing to do with it', () => {
    const own = { id: id(1), agent: '1001', finding: 'mistake', clause: 'manner', weight: 2, text: '' } as const;
    expect(refusal(transferred(), otherJunior('form.assess', own))).toEqual({
      code: 'not-allowed',
      right: 'order.audit',
    });
    const sent = after(transferred(), senior('form.order', dispatch()));
    for (const agent of ['8806', '1099']) {
      expect(refusal(sent, assess('mistake', 'manner', 1, agent))).toEqual({ code: 'no-such-agent' });
    }
  });
});
