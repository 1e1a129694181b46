import { expect, test } from 'vitest';
import { emptyComplaint } from '../complaint.ts';
import type { FormKind } from '../form-kind.ts';
import { done, make } from '../perform.fixture.ts';
import { handOverAction } from './hand-over-action.ts';
import { keyedRating } from './keyed-rating.ts';

const opened = (kind: FormKind = 'complaint') =>
  done(
    undefined,
    make('form.open', {
      number: '261124-0001-001-1',
      kind,
      origin: { via: 'desk', channel: 'voice' },
      fields: {
        ...emptyComplaint,
        callerName: '王芳',
        contactNumber: '13800138000',
        text: '重复扣费',
        complaintType: 'other',
      },
      attachments: [],
    }),
  );
const toSenior = { to: 'senior', cause: 'key-account', text: '' } as const;

test('J1 J3 a draft goes to the desk its talk is handed on to, however little is written on it', () => {
  const form = opened();
  expect(handOverAction(form, toSenior, ['junior-agent'])).toEqual({
    form: form.id,
    kind: 'form.hand-over',
    payload: toSenior,
  });
  const toManager = { to: 'manager', cause: 'explanation-not-accepted', text: '要求见领导' } as const;
  expect(handOverAction(form, toManager, ['junior-agent'])).toMatchObject({ payload: toManager });
});

test('J4 a form that what was done before has brought there is not handed over again; what is said is noted', () => {
  const form = done(opened(), make('form.hand-over', toSenior));
  expect(handOverAction(form, toSenior, ['senior-agent'])).toBeNull();
  expect(handOverAction(form, { ...toSenior, text: '急' }, ['junior-agent'])).toMatchObject({
    kind: 'form.note',
    payload: { text: '急' },
  });
});

test('S1 only who may hands on from the senior’s desk; for others it is noted', () => {
  const form = done(opened(), make('form.hand-over', toSenior));
  const toManager = { to: 'manager', cause: 'not-content', text: '不满意' } as const;
  expect(handOverAction(form, toManager, ['senior-agent'])).toMatchObject({ kind: 'form.hand-over' });
  expect(handOverAction(form, toManager, ['junior-agent'])).toMatchObject({ kind: 'form.note' });
});

test('J2 a suggestion has no such way', () => {
  expect(handOverAction(opened('suggestion'), toSenior, ['junior-agent'])).toBeNull();
});

test('Q1 what a caller keys is the call-back of a form that waits for one, and a note on any other', () => {
  const form = opened();
  expect(keyedRating(form, 'satisfied')).toMatchObject({ kind: 'form.note' });
  const answered = done(form, make('form.answer', { text: '已退费' }));
  const recorded = keyedRating(answered, 'dissatisfied');
  expect(recorded).toEqual({ kind: 'form.call-back', payload: { outcome: 'dissatisfied', source: 'keyed', text: '' } });
  const after = done(
    answered,
    make('form.call-back', { outcome: 'dissatisfied', source: 'keyed', text: '' }, 'CENTRE'),
    ['centre'],
  );
  expect(after.procedure).toMatchObject({ stage: 'senior', callBacks: [{ source: 'keyed', by: 'CENTRE' }] });
});
