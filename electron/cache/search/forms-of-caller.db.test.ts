import { expect, test } from 'vitest';
import { writeForm } from '../form-row.ts';
import { inFolder, openTestCache } from '../testing/cache-with-desk.ts';
import { writtenForm } from '../testing/written-form.ts';
import { formsOfCaller } from './forms-of-caller.ts';

const idOf = (letter: string): string => `019ab000-0000-7000-8000-00000000000${letter}`;

const withForms = (does: (find: (number: string, account?: string) => readonly string[]) => void) =>
  inFolder((folder) => {
    const { database } = openTestCache(folder);
    const fields = [
      { id: 'a', contactNumber: '13912345678' },
      { id: 'b', contactNumber: '+8613912345678' },
      { id: 'c', contactNumber: '13800000000', account: 'BB-20417' },
      { id: 'd', contactNumber: '13912345679', text: '他的号码是 13912345678，账号 BB-20417' },
      { id: 'e', contactNumber: '01088880000' },
    ];
    database.write((writes) => {
      for (const [at, { id, ...said }] of fields.entries())
        writeForm(writes, writtenForm({ id: idOf(id), kind: 'complaint', changedAt: at * 1_000 }, said));
    });
    does((number, account = '') =>
      database.read((reads) => formsOfCaller(reads, { number, account })).map(({ id }) => id.slice(-1)),
    );
    database.close();
  });

test('J4 the forms of a caller are found by the number, however it is written, the latest first', () =>
  withForms((find) => {
    expect(find('13912345678')).toEqual(['b', 'a']);
    expect(find('+86 139 1234 5678')).toEqual(['b', 'a']);
    expect(find('1088880000')).toEqual(['e']);
  }));

test('J4 the account tells too, and what is merely written in a text is another’s', () =>
  withForms((find) => {
    expect(find('', 'bb-20417')).toEqual(['c']);
    expect(find('13912345679', 'BB-20417')).toEqual(['d', 'c']);
  }));

test('J4 a number withheld is nobody’s', () =>
  withForms((find) => {
    expect(find('')).toEqual([]);
    expect(find('anonymous')).toEqual([]);
  }));
