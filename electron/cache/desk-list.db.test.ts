import { v4 as uuidV4, v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import type { RequestInput } from '../../contract/ipc.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { perform } from '../../domain/forms/perform.ts';
import type { Author } from '../../domain/forms/procedure/author.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { countSuggestions } from '../../domain/forms/procedure/suggestion-count.ts';
import { listAssessments } from './assessment-list.ts';
import { countDesks } from './desk-counts.ts';
import { listForms } from './form-list.ts';
import type { Cache } from './open-cache.ts';
import { takeChanges } from './store/take-changes.ts';
import { author, inFolder, onStore, openTestCache } from './testing/cache-with-desk.ts';
import { writtenForm } from './testing/written-form.ts';

const dayMs = 86_400_000;
/** A Tuesday, within office hours. */
const monday = Date.UTC(2026, 10, 23, 2);
const senior = { staffNumber: '8806', roles: ['senior-agent'] } as const;
const junior = { staffNumber: '1001', roles: ['junior-agent'] } as const;
const network = { staffNumber: '7001', roles: ['department'], department: 'network' } as const;
const dataAdmin = { staffNumber: '5001', roles: ['data-admin'] } as const;

type Person = Author & { readonly staffNumber: string };
type Step = {
  [Kind in Operation['kind']]: readonly [
    by: Person,
    at: number,
    kind: Kind,
    payload: Extract<Operation, { kind: Kind }>['payload'],
  ];
}[Operation['kind']];

/** A form with these operations on it, each by its author at its time. */
const worked = (before: Form, ...steps: readonly Step[]): Form =>
  steps.reduce((form, [by, madeAt, kind, payload]) => {
    const envelope = { id: uuidV7(), device: uuidV4(), seq: 1, form: form.id, madeAt, by: by.staffNumber };
    // The kind and its payload are tied in `Step`; TypeScript cannot follow through the union.
    const done = perform(form, { ...envelope, kind, payload } as Operation, by, usualProcedureRules);
    if (!done.ok) throw new Error(`${kind}: ${done.error.code}`);
    return done.value;
  }, before);

const full = { contactNumber: '13800001111', complaintType: 'staff-conduct', text: '营业员态度差' } as const;
const recorded = (number: string) => writtenForm({ id: uuidV7(), number }, full);
const wanted = (number: string) =>
  writtenForm({ id: uuidV7(), number, kind: 'suggestion' }, { text: '开通夜间营业厅' });
const sent = (at: number, department = 'network', order = uuidV4()): Step => [
  ...([senior, at, 'form.order'] as const),
  { order, type: 'dispatch', department, text: '请查', follows: null },
];
const submitted = (at: number): Step => [junior, at, 'form.submit', {}];
const counted = (at: number): Step => [
  ...([junior, at, 'form.count'] as const),
  { callerName: '', contactNumber: '', text: '', contactId: null },
];

const withForms = (forms: readonly Form[], look: (cache: Cache) => void) =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    try {
      const changes = forms.map((form, at) => ({ cursor: at + 1, form }));
      onStore(cache, (store) => takeChanges(store, { changes, cursor: forms.length }, { roles: ['senior-agent'] }));
      look(cache);
    } finally {
      cache.database.close();
    }
  });

const list = ({ database }: Cache, viewer: Person, query: Partial<RequestInput<'form.list'>>, now = author().now) => {
  const whole = { search: '', status: null, inbox: null, desk: null, part: null, limit: 50, offset: 0, ...query };
  return database.read((reads) => listForms(reads, whole, { ...viewer, now })).forms;
};
const numbers = (...given: Parameters<typeof list>) => list(...given).map(({ number }) => number);

test('S1 S3 a desk lists the nearest deadline first, then who has been there longest', async () => {
  const late = worked(recorded('late'), submitted(monday + 2_000));
  const early = worked(recorded('early'), submitted(monday + 1_000));
  const order = uuidV4();
  const replied = worked(recorded('replied'), sent(monday, 'network', order), [
    ...([network, monday + 9_000, 'form.answer-order'] as const),
    { order, text: '已查' },
  ]);
  const talking = recorded('talking');
  await withForms([late, early, replied, talking], (cache) => {
    expect(numbers(cache, senior, { desk: 'senior' })).toEqual(['replied', 'early', 'late']);
    const [first, second] = list(cache, senior, { desk: 'senior' });
    expect(first).toMatchObject({
      stage: 'reply-check',
      stageSince: monday + 9_000,
      holder: null,
      people: 1,
      deadline: { startedAt: monday, paused: null },
    });
    expect(second).toMatchObject({ stage: 'senior', deadline: null });
    expect(numbers(cache, senior, { desk: 'senior', search: '态度' })).toEqual(['replied', 'early', 'late']);
    expect(numbers(cache, senior, { desk: 'manager' })).toEqual([]);
  });
});

test('S1 what is taken up is counted and listed for who has it', async () => {
  const forms = [
    worked(recorded('mine'), submitted(monday), [senior, monday + 1, 'form.take', {}]),
    worked(recorded('free'), submitted(monday)),
  ];
  await withForms(forms, (cache) => {
    expect(numbers(cache, senior, { desk: 'senior', part: 'held' })).toEqual(['mine']);
    expect(numbers(cache, junior, { desk: 'senior', part: 'held' })).toEqual([]);
    const counts = cache.database.read((reads) => countDesks(reads, { ...senior, now: monday + 5 }));
    expect(counts).toMatchObject({ senior: { all: 2, held: 1, overdue: 0 }, manager: { all: 0 }, overdue: 0 });
  });
});

test('S4 a department lists what it has to answer, wherever the form lies for other orders', async () => {
  const [own, other] = [uuidV4(), uuidV4()];
  const both = worked(recorded('both'), sent(monday, 'network', own), sent(monday + 1, 'billing', other), [
    ...([{ ...network, department: 'billing' }, monday + 2, 'form.answer-order'] as const),
    { order: other, text: '已查' },
  ]);
  const theirs = worked(recorded('theirs'), sent(monday, 'billing'));
  const done = worked(recorded('done'), sent(monday, 'network', own), [
    ...([network, monday + 2, 'form.answer-order'] as const),
    { order: own, text: '已查' },
  ]);
  await withForms([both, theirs, done], (cache) => {
    expect(both.procedure.stage).toBe('reply-check');
    expect(numbers(cache, network, { desk: 'department' })).toEqual(['both']);
    expect(numbers(cache, senior, { desk: 'department' })).toEqual(['theirs']);
    const counts = cache.database.read((reads) => countDesks(reads, { ...network, now: monday + 5 }));
    expect(counts.department).toEqual({ all: 1, held: 0, overdue: 0 });
  });
});

test('M1 J4b the overdue list has what is over at any desk, and nothing whose deadline stands still', async () => {
  const order = uuidV4();
  const over = worked(recorded('over'), sent(monday));
  const paused = worked(recorded('paused'), sent(monday, 'network', order), [
    ...([senior, monday + 5, 'form.pause'] as const),
    { order, reason: '等用户' },
  ]);
  await withForms([over, paused], (cache) => {
    expect(numbers(cache, senior, { part: 'overdue' }, monday + dayMs)).toEqual([]);
    expect(numbers(cache, senior, { part: 'overdue' }, monday + 3 * dayMs)).toEqual(['over']);
    const counts = cache.database.read((reads) => countDesks(reads, { ...senior, now: monday + 3 * dayMs }));
    expect(counts).toMatchObject({ department: { all: 2, overdue: 1 }, overdue: 1 });
  });
});

test('D1 suggestions come the most wanted first; those of a merged one count for the one it went into', async () => {
  const [one, other, third] = [wanted('one'), wanted('other'), wanted('third')];
  const forms = [
    worked(one, submitted(monday), counted(monday + 1), counted(monday + 2)),
    worked(other, submitted(monday + 3), counted(monday + 4)),
    worked(third, submitted(monday + 5), counted(monday + 6), [
      ...([dataAdmin, monday + 7, 'form.merge'] as const),
      { into: other.id, number: 'other' },
    ]),
  ];
  await withForms(forms, (cache) => {
    const listed = list(cache, dataAdmin, { desk: 'data-admin' });
    expect(listed.map(({ number, people }) => [number, people])).toEqual([
      ['other', 4],
      ['one', 3],
    ]);
    expect(listed.map(({ id, people }) => ({ head: id, people }))).toEqual(
      countSuggestions(forms).map(({ head, people }) => ({ head, people })),
    );
  });
  const split = forms.map((form) =>
    form.number === 'third' ? worked(form, [dataAdmin, monday + 8, 'form.split', {}]) : form,
  );
  await withForms(split, (cache) => {
    expect(list(cache, dataAdmin, { desk: 'data-admin' }).map(({ number, people }) => [number, people])).toEqual([
      ['one', 3],
      ['other', 2],
      ['third', 2],
    ]);
  });
});

test('S2 the monthly sheet has what was found in that month of the hotline; a junior sees their own alone', async () => {
  const found = (at: number, agent: string): Step => [
    ...([senior, at, 'form.assess'] as const),
    { id: uuidV4(), agent, finding: 'mistake', clause: 'incomplete', weight: 1, text: '未记账号' },
  ];
  // In November already where the hotline is, in October by UTC.
  const turnOfMonth = Date.UTC(2026, 9, 31, 17);
  const noted: Step = [{ ...junior, staffNumber: '1002' }, turnOfMonth, 'form.note', { text: '用户来电催' }];
  const form = worked(recorded('F1'), submitted(turnOfMonth), noted, found(turnOfMonth + 1, '1001'));
  const both = worked(form, found(monday, '1002'), found(Date.UTC(2026, 11, 1, 9), '1001'));
  await withForms([both], (cache) => {
    const sheet = (month: string, viewer: Person) =>
      cache.database
        .read((reads) => listAssessments(reads, month, { ...viewer, now: monday }))
        .map(({ agent, formNumber, weight }) => [agent, formNumber, weight]);
    expect(sheet('2026-11', senior)).toEqual([
      ['1002', 'F1', 1],
      ['1001', 'F1', 1],
    ]);
    expect(sheet('2026-11', junior)).toEqual([['1001', 'F1', 1]]);
    expect(sheet('2026-10', senior)).toEqual([]);
  });
});
