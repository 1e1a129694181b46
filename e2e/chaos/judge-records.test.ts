import { describe, expect, test } from 'vitest';
import type { Acknowledged } from './desk-words.ts';
import { type CentreFacts, type DeskFacts, judgeRecords } from './judge-records.ts';

const operation = (id: string, seq: number, outcome: 'applied' | 'rejected' = 'applied') => ({
  ...{ id, device: 'd1', seq, form: 'f', outcome, attachment: null },
});
const changeAt = (id: string, index: number) => ({ cursor: index + 1, form: 'f', operation: id });
const centre: CentreFacts = {
  operations: [
    operation('a', 1),
    operation('b', 2),
    operation('c', 3, 'rejected'),
    { ...operation('e', 4), attachment: 'x' },
  ],
  changes: ['a', 'b', 'e'].map(changeAt),
  head: 3,
  forms: [{ id: 'f', cursor: 3, hash: 'h', history: ['a', 'b', 'e'], noteTexts: ['one'] }],
  files: new Set(['s']),
  chainFault: undefined,
};
const desks: readonly DeskFacts[] = [
  { staffNumber: '1', pending: 0, forms: { f: 'h' }, cards: ['c'] },
  { staffNumber: '2', pending: 0, forms: { f: 'h' }, cards: [] },
];
const told: readonly Acknowledged[] = [
  ...['a', 'b', 'c'].map((id) => ({ what: 'operation', id, form: 'f' }) as const),
  { what: 'attachment', id: 'x', form: 'f', sha256: 's' },
];
const [form] = centre.forms;
if (!form) throw new Error('no form');

test('a card that was seen and put away is one', () => {
  const [desk] = desks.map((one) => ({ ...one, cards: [] }));
  const seen = { what: 'card', id: 'c', form: 'f', renumbered: 0 } as const;
  expect(judgeRecords(centre, desk ? [desk] : [], [...told, seen])).toMatchObject({ acknowledged: 4, broken: [] });
});

test.each([
  [1, 0],
  [0, 1],
])('with %i renumbered behind a card, a gap of one breaks %i promises', (renumbered, promises) => {
  const gap = { ...centre, operations: centre.operations.map((one) => (one.seq === 4 ? { ...one, seq: 5 } : one)) };
  const card = { what: 'card', id: 'c', form: 'f', renumbered } as const;
  expect(judgeRecords(gap, desks, [...told, card]).broken).toHaveLength(promises);
});

test('a desk that has taken a new name goes on counting under it', () => {
  const renamed = centre.operations.map((one) => (one.seq > 2 ? { ...one, device: 'd2', seq: one.seq + 80 } : one));
  expect(judgeRecords({ ...centre, operations: renamed }, desks, told).broken).toEqual([]);
});

test('records as they should be pass', () => {
  expect(judgeRecords(centre, desks, told)).toEqual({
    ...{ acknowledged: 4, inRecords: 4, rejected: 1 },
    ...{ lost: [], doubled: [], broken: [] },
  });
});

describe('P2 each fault is found', () => {
  const lost: readonly (readonly [string, readonly Acknowledged[]])[] = [
    ['operation z', [{ what: 'operation', id: 'z', form: 'f' }]],
    ['attachment y', [{ what: 'attachment', id: 'y', form: 'f', sha256: 's' }]],
  ];
  test.each(lost)('an acknowledged %s that is nowhere', (name, more) => {
    expect(judgeRecords(centre, desks, [...told, ...more]).lost).toEqual([`${name} of form f`]);
  });

  const doubled: readonly (readonly [string, Partial<CentreFacts>])[] = [
    ['is kept twice', { operations: [...centre.operations, operation('a', 9)] }],
    ['d1 2 is kept twice', { operations: [...centre.operations, operation('z', 2)] }],
    ['came twice', { operations: [...centre.operations, { ...operation('z', 5), attachment: 'x' }] }],
    ['changed a form twice', { changes: [...centre.changes, { cursor: 4, form: 'f', operation: 'a' }] }],
    ['told twice in histories', { forms: [{ ...form, history: [...form.history, 'a'] }] }],
    ['the note “one” is there twice', { forms: [{ ...form, noteTexts: ['one', 'one'] }] }],
  ];
  test.each(doubled)('%s', (words, fault) => {
    expect(judgeRecords({ ...centre, ...fault }, desks, told).doubled.join()).toContain(words);
  });

  const broken: readonly (readonly [string, Partial<CentreFacts>])[] = [
    ['operation b is applied, and the history', { forms: [{ ...form, history: ['a', 'e'] }] }],
    ['operation c is rejected, and the history', { forms: [{ ...form, history: ['a', 'b', 'c', 'e'] }] }],
    ['seq 1 of d1 came after 2', { changes: ['b', 'a', 'e'].map(changeAt) }],
    ['names z, which is nowhere kept', { changes: [{ cursor: 1, form: 'f', operation: 'z' }] }],
    [
      'the change log is broken before 4',
      { changes: centre.changes.map((one) => ({ ...one, cursor: one.cursor * 4 })) },
    ],
    ['the change cursor says 7', { head: 7 }],
    ['form f says cursor 2', { forms: [{ ...form, cursor: 2 }] }],
    ['has counted from 1 to 6', { operations: [...centre.operations, operation('z', 6)] }],
    ['the bytes of attachment x never came', { files: new Set() }],
    ['the audit chain does not fit: link-missing', { chainFault: 'link-missing' }],
  ];
  test.each(broken)('%s', (words, fault) => {
    expect(judgeRecords({ ...centre, ...fault }, desks, told).broken.join()).toContain(words);
  });

  const second = { staffNumber: '2', pending: 0, forms: { f: 'h' }, cards: ['c'] };
  const atDesks: readonly (readonly [string, DeskFacts])[] = [
    ['operation c was rejected, and no desk had a card', { ...second, cards: [] }],
    ['desk 2 has 3 pending', { ...second, pending: 3 }],
    ['desk 2 shows 1 of 1 forms otherwise', { ...second, forms: {} }],
    ['desk 2 has 1 forms that the centre has not', { ...second, forms: { f: 'h', g: 'h' } }],
  ];
  test.each(atDesks)('%s', (words, desk) => {
    expect(judgeRecords(centre, [desk], told).broken).toEqual([expect.stringContaining(words)]);
  });
});
