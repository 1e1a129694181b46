import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWebMessage, type TypedMessage, webMessageLimits } from './web-message.ts';

const typed: TypedMessage = {
  kind: 'complaint',
  name: '王小明',
  contactBy: 'phone',
  contact: '138 0013-8000',
  text: '宽带每晚断线。',
};
const problemsOf = (change: Partial<TypedMessage>) => {
  const read = readWebMessage({ ...typed, ...change });
  return read.ok ? {} : read.error;
};

test('A1 a message is read as it was meant', () => {
  expect(readWebMessage(typed)).toEqual({
    ok: true,
    value: { ...typed, contact: '13800138000' },
  });
  expect(readWebMessage({ ...typed, contact: '＋８６ （10） 1234 5678' })).toMatchObject({
    value: { contact: '+861012345678' },
  });
  expect(readWebMessage({ ...typed, name: '', contactBy: 'e-mail', contact: ' wang@example.cn ' })).toMatchObject({
    value: { name: '', contact: 'wang@example.cn' },
  });
});

test('A1 each field tells what is wrong with it', () => {
  expect(problemsOf({ kind: 'fault' })).toEqual({ kind: 'not-offered' });
  expect(problemsOf({ contactBy: 'pigeon' })).toEqual({ contactBy: 'not-offered' });
  expect(problemsOf({ name: 'x'.repeat(webMessageLimits.name + 1) })).toEqual({ name: 'too-long' });
  expect(problemsOf({ contact: ' ', text: ' \n ' })).toEqual({ contact: 'missing', text: 'missing' });
  expect(problemsOf({ contact: 'call me' })).toEqual({ contact: 'not-a-number' });
  expect(problemsOf({ contact: '1'.repeat(41) })).toEqual({ contact: 'too-long' });
  expect(problemsOf({ text: '长'.repeat(webMessageLimits.text + 1) })).toEqual({ text: 'too-long' });
});

test.each(['wang', 'wang@', '@example.cn', 'a b@example.cn', 'a@example', 'a@b..cn', '<a@b.cn>', 'a@b.cn,c@d.cn'])(
  'A1 %s is no e-mail address',
  (contact) => {
    expect(problemsOf({ contactBy: 'e-mail', contact })).toEqual({ contact: 'not-an-address' });
  },
);

test('what no keyboard types is left out: NUL, controls, signs that turn the direction of text', () => {
  expect(readWebMessage({ ...typed, name: 'a\r\nb\u0000', text: 'a\r\nb\u0000\u202e\ud800c\td' })).toMatchObject({
    value: { name: 'a b', text: 'a\nbc\td' },
  });
});

test('property: whatever is typed is read or refused, and what was read is read the same again', () => {
  const anything = fc.record({
    kind: fc.constantFrom('complaint', 'suggestion', 'x'),
    name: fc.string({ unit: 'binary' }),
    contactBy: fc.constantFrom('phone', 'e-mail', ''),
    contact: fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.stringMatching(/^\+?\d{3,45}$/)),
    text: fc.string({ unit: 'binary' }),
  });
  fc.assert(
    fc.property(anything, (given) => {
      const read = readWebMessage(given);
      if (read.ok) expect(readWebMessage(read.value)).toEqual(read);
      else expect(Object.keys(read.error).length).toBeGreaterThan(0);
    }),
  );
});
