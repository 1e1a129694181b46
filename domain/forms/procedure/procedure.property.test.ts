import { describe, expect, test } from 'vitest';
import { refused } from '../../result.ts';
import type { Form, Refusal } from '../form.ts';
import { type FormKind, formKinds } from '../form-kind.ts';
import { perform } from '../perform.ts';
import { seenByDepartment } from './department-view.ts';
import { usualProcedureRules } from './procedure-rules.ts';
import { stagesOf } from './stages.ts';
import { emptyTally, exploreForm, type Finding, type Tally } from './testing/explore.ts';
import { laws } from './testing/laws.ts';
import type { Performer } from './testing/way-out.ts';

/** Another one is tried with `PROCEDURE_SEED=7 npx vitest run domain/forms/procedure/procedure.property.test.ts`. */
const firstSeed = Number(process.env['PROCEDURE_SEED'] ?? 20_261_124);
const formsTried = 25_000;
const operationsOnEach = 40;

/** All reasons there are; the compiler holds the list to the type. */
const reasons = {
  ...{ 'no-such-form': 1, 'form-exists': 1, 'not-allowed': 1, 'fields-changed-meanwhile': 1 },
  ...{ 'too-many-attachments': 1, 'no-such-attachment': 1, 'claimed-already': 1, 'not-claimed': 1 },
  ...{ 'not-in-inbox': 1, 'wrong-origin': 1, 'transcript-changed-meanwhile': 1, 'no-such-check-back': 1 },
  ...{ 'check-back-exists': 1, 'no-such-order': 1, 'order-exists': 1, 'no-such-department': 1 },
  ...{ 'not-your-order': 1, 'order-moved-on': 1, 'no-deadline': 1, 'paused-already': 1, 'not-paused': 1 },
  ...{ 'overdue-already': 1, 'not-reached': 1, 'warned-already': 1, 'not-overdue': 1, 'no-such-reason': 1 },
  ...{ 'no-such-clause': 1, 'no-such-agent': 1, 'no-such-assessment': 1, 'no-such-supplement': 1 },
  ...{ 'answered-already': 1, 'counted-already': 1, 'merge-into-itself': 1, 'not-held': 1, 'fields-missing': 1 },
  ...{ 'already-submitted': 1, 'not-in-this-stage': 1, 'held-by': 1, 'sequence-taken': 1, unreadable: 1 },
} satisfies Record<Refusal['code'], 1>;

const performs: Performer = (form, { operation, author }) => perform(form, operation, author, usualProcedureRules);

const explore = (
  tried: number,
  tally: Tally,
  by: Performer = performs,
  sees = seenByDepartment,
): Finding | undefined => {
  for (let seed = firstSeed; seed < firstSeed + tried; seed += 1) {
    const finding = exploreForm(seed, operationsOnEach, { performs: by, sees, tally });
    if (finding) return finding;
  }
  return undefined;
};

const inWords = (counted: ReadonlyMap<string, number>): string =>
  [...counted]
    .sort(([, one], [, other]) => other - one)
    .map(([what, times]) => `${what} ${times}`)
    .join(', ');
const sum = (counted: ReadonlyMap<string, number>): number => [...counted.values()].reduce((all, one) => all + one, 0);

test('J S M D Q a million operations by anybody each follow the table or are refused with a reason, and no form is stuck', () => {
  const tally = emptyTally();
  const finding = explore(formsTried, tally);
  console.log(
    [
      `${tally.operations} operations on ${formsTried} forms, from seed ${firstSeed} on`,
      `${sum(tally.applied)} applied: ${inWords(tally.applied)}`,
      `${sum(tally.refused)} refused: ${inWords(tally.refused)}`,
      `stages reached: ${inWords(tally.stages)}`,
      `${tally.states.size} states of form, orders and supplements, an end within reach of newcomers from each`,
    ].join('\n'),
  );
  expect(finding).toBeUndefined();
  expect(tally.operations).toBeGreaterThanOrEqual(1_000_000);
  for (const reason of tally.refused.keys()) expect(reasons).toHaveProperty(reason);
  const everyStage = formKinds.flatMap((kind: FormKind) => stagesOf(kind).map((stage) => `${kind} ${stage}`));
  expect([...tally.stages.keys()].sort()).toEqual(everyStage.filter((one) => !one.endsWith('drafting')).sort());
  expect(laws.filter((law) => !tally.laws.has(law))).toEqual([]);
}, 120_000);

/** What a fault makes of a form that an operation was applied to. */
const spoilt =
  (spoil: (before: Form, after: Form) => Form, ...kinds: readonly string[]): Performer =>
  (form, attempt) => {
    const result = performs(form, attempt);
    if (!result.ok || (kinds.length > 0 && !kinds.includes(attempt.operation.kind))) return result;
    return { ok: true, value: spoil(form, result.value) };
  };

const asRole =
  (role: 'manager-hotline' | 'senior-agent', kind: string): Performer =>
  (form, { operation, author }) =>
    performs(form, { operation, author: operation.kind === kind ? { ...author, roles: [role] } : author });

const faults: readonly (readonly [fault: string, found: RegExp, by: Performer])[] = [
  ['a guard that forgets a right', /form\.decide: no law lets/, asRole('manager-hotline', 'form.decide')],
  ['a junior’s order that no senior audits', /form\.order: /, asRole('senior-agent', 'form.order')],
  [
    'a stage without a way out',
    /stuck: /,
    (form, attempt) =>
      form.procedure.stage === 'reply-check'
        ? refused({ code: 'not-in-this-stage', stage: 'reply-check', event: 'check-reply' })
        : performs(form, attempt),
  ],
  [
    'a form that only the one who holds it can go on with',
    /stuck: .* held/,
    (form, attempt) => {
      const { holder } = form.procedure;
      const lifts = attempt.operation.kind === 'form.take' && holder !== null && holder !== attempt.author.number;
      return lifts ? refused({ code: 'held-by', by: holder }) : performs(form, attempt);
    },
  ],
  [
    'a repeat that does not look at the record',
    /the record leads to manager, not senior/,
    spoilt((before, after) => {
      const differs = after.procedure.repeats.at(-1)?.branch === 'differs' && before.procedure.stage !== 'manager';
      return differs ? { ...after, procedure: { ...after.procedure, stage: 'senior' } } : after;
    }, 'form.repeat'),
  ],
  [
    'an answer that leaves an order with its department',
    /does not fit answered/,
    spoilt(
      (before, after) => ({ ...after, procedure: { ...after.procedure, orders: before.procedure.orders } }),
      'form.answer',
    ),
  ],
  [
    'a history that forgets',
    /history did not grow/,
    spoilt((before, after) => ({ ...after, history: before.history }), 'form.link'),
  ],
  [
    'an order that vanishes',
    /has vanished/,
    spoilt(
      (_before, after) => ({ ...after, procedure: { ...after.procedure, orders: after.procedure.orders.slice(1) } }),
      'form.assess',
    ),
  ],
  [
    'a form that is changed in place',
    /threw TypeError/,
    (form, attempt) => {
      if (attempt.operation.kind === 'form.note') Object.assign(form.procedure, { stage: 'closed' });
      return performs(form, attempt);
    },
  ],
  [
    'an operation that counts differently each time',
    /a replay differs/,
    (() => {
      let counted = 0;
      return spoilt((_before, after) => {
        counted += 1;
        return { ...after, changedAt: counted };
      });
    })(),
  ],
];

describe('the same search finds', () => {
  test.each(faults)('%s', (_fault, found, by) => {
    const finding = explore(2_000, emptyTally(), by);
    expect(finding?.wrong).toMatch(found);
    expect(
      exploreForm(finding?.seed ?? 0, operationsOnEach, { performs: by, sees: seenByDepartment, tally: emptyTally() }),
    ).toBeDefined();
  });

  test('S4 a department that sees another’s order', () => {
    expect(explore(2_000, emptyTally(), performs, (form) => form)?.wrong).toMatch(/sees other orders/);
  });
});
