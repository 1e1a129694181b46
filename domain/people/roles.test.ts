import { expect, test } from 'vitest';
import { mayDo, rights, roles, staffNumberPattern } from './roles.ts';

test('who does desk work takes calls and works forms; who watches or installs does neither', () => {
  for (const role of ['junior-agent', 'text-clerk', 'recording-clerk', 'senior-agent', 'manager-hotline'] as const) {
    for (const right of ['call.take', 'form.open', 'form.edit', 'form.submit', 'form.read'] as const) {
      expect(mayDo([role], right)).toBe(true);
    }
  }
  for (const role of ['data-admin', 'department', 'supervisor', 'installer'] as const) {
    for (const right of ['call.take', 'form.open', 'form.edit', 'form.submit'] as const) {
      expect(mayDo([role], right)).toBe(false);
    }
  }
});

test('A3 roles add up; nobody has a right without a role', () => {
  expect(mayDo(['department', 'supervisor'], 'floor.watch')).toBe(true);
  for (const right of rights) {
    expect(mayDo([], right)).toBe(false);
    expect(mayDo([...roles], right)).toBe(true);
  }
});

test('A3 staff numbers: 1 to 12 letters and digits, upper case', () => {
  for (const good of ['1', '0001', '8806', 'A17', 'ABCDEF123456']) expect(good).toMatch(staffNumberPattern);
  for (const bad of ['', 'a17', '1 2', '一〇〇一', '1234567890123', '10-01', '1001\n'])
    expect(bad).not.toMatch(staffNumberPattern);
});
