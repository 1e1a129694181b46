import { describe, expect, test } from 'vitest';
import { answerId } from './guide-answers.ts';
import { deskOf, earlierOf, idsOf, outcomesOf, senior, walk } from './testing/guided-desk.ts';
import { answersOf } from './testing/walk-guide.ts';

describe('J4 repeat', () => {
  const repeat = ['complaint', 'reasonable', 'repeat'] as const;
  const cases = [
    ['J4a attitude differs from the record → manager hotline', 'satisfied', 'dissatisfied', 'differs', 'manager'],
    ['J4a agrees and satisfied → answer “handled”', 'satisfied', 'satisfied', 'handled', 'closed'],
    ['J4a agrees and dissatisfied → senior agent', 'answered', 'dissatisfied', 'dissatisfied', 'senior'],
    ['M1 the decision is final', 'decided', 'dissatisfied', 'final', 'answered'],
  ] as const;
  test.each(cases)('%s', (_clause, earlier, attitude, branch, stage) => {
    const asked = walk(deskOf({ earlier, inCall: true, contactId: 'c1' }), ...repeat);
    expect(answersOf(asked).find((one) => answerId(one) === attitude)?.outcome).toBe(branch);
    const desk = walk(asked, attitude);
    expect(earlierOf(desk).procedure).toMatchObject({ stage, repeats: [{ attitude, branch, contactId: 'c1' }] });
    const taker = stage === 'manager' || stage === 'senior' ? [{ to: stage }] : [];
    expect(desk.transfers).toMatchObject(taker);
  });

  test('J4b open and overdue → manager hotline', () => {
    const asked = walk(deskOf({ earlier: 'department', hoursSince: 24 * 8, inCall: true }), ...repeat);
    expect(idsOf(asked)).toEqual(['come-again']);
    const desk = walk(asked, 'come-again');
    expect(earlierOf(desk).procedure).toMatchObject({ stage: 'manager', repeats: [{ branch: 'overdue' }] });
    expect(desk.transfers).toMatchObject([{ to: 'manager' }]);
  });

  test.each(['senior', 'audit', 'department', 'reply-check', 'informing', 'manager'] as const)(
    'J4c open, in time (%s) → the progress is told, the form stays where it is',
    (earlier) => {
      const desk = walk(deskOf({ earlier, inCall: true }), ...repeat, 'come-again');
      expect(earlierOf(desk).procedure).toMatchObject({ stage: earlier, repeats: [{ branch: 'progress' }] });
      expect(desk.transfers).toEqual([]);
      expect(outcomesOf(desk)).toEqual(['progress']);
    },
  );

  test('J4a a senior who is told so keeps the caller', () => {
    const desk = walk(deskOf({ earlier: 'answered', person: senior, inCall: true }), ...repeat, 'dissatisfied');
    expect(earlierOf(desk).procedure.stage).toBe('senior');
    expect(desk.transfers).toEqual([]);
  });
});

describe('J5 supplement', () => {
  const supplement = ['complaint', 'reasonable', 'supplement'] as const;

  test('J5 settled at once: recorded in full and answered', () => {
    const desk = walk(deskOf({ earlier: 'department' }), ...supplement, 'settled');
    expect(earlierOf(desk).procedure).toMatchObject({
      stage: 'department',
      supplements: [{ text: '说明', needs: 'nothing', settled: true }],
    });
  });

  test.each(['chase', 'return'] as const)('J5 a %s order goes to the senior’s audit', (type) => {
    const desk = walk(deskOf({ earlier: 'department' }), ...supplement, type);
    const [dispatch] = earlierOf(desk).procedure.orders;
    expect(earlierOf(desk).procedure).toMatchObject({
      stage: 'audit',
      orders: [{ state: 'sent' }, { type, state: 'proposed', follows: dispatch?.id, text: '说明' }],
    });
  });

  test('J5 a senior’s chase order needs no audit', () => {
    const desk = walk(deskOf({ earlier: 'department', person: senior }), ...supplement, 'chase');
    expect(earlierOf(desk).procedure.orders.at(-1)?.state).toBe('delivered');
    expect(outcomesOf(desk)).toEqual(['follow-up-sent']);
  });

  test('J5 cannot be settled at once → senior agent, with the caller', () => {
    const desk = walk(deskOf({ earlier: 'answered', inCall: true }), ...supplement, 'senior');
    expect(earlierOf(desk).procedure.stage).toBe('senior');
    expect(desk.transfers).toMatchObject([{ to: 'senior' }]);
  });

  test('J5 what no department has can be neither chased nor returned', () => {
    const desk = walk(deskOf({ earlier: 'answered' }), ...supplement);
    expect(idsOf(desk)).toEqual(['settled', 'senior']);
  });

  test('J5 nothing is added without words', () => {
    const desk = walk(deskOf({ earlier: 'answered' }), ...supplement);
    expect(answersOf(desk).map(({ hindrance }) => hindrance?.why)).toEqual(['no-words', 'no-words']);
  });
});
