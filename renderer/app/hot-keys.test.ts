import { expect, test } from 'vitest';
import { hotKeyActions, hotKeyOf, hotKeys } from './hot-keys.ts';

const press = (key: string, other: Partial<Parameters<typeof hotKeyOf>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...other,
});

test('call keys work while the agent types', () => {
  expect(hotKeyOf(press('F2'), true)).toBe('answer');
  expect(hotKeyOf(press('n', { ctrlKey: true }), true)).toBe('new-form');
});

test('a plain sign in a field is text, not a hot key', () => {
  expect(hotKeyOf(press('?'), true)).toBeNull();
  expect(hotKeyOf(press('?'), false)).toBe('help');
  expect(hotKeyOf(press('n'), false)).toBeNull();
});

test('a key held down counts once', () => {
  expect(hotKeyOf(press('F3', { repeat: true }), false)).toBeNull();
});

test('no two actions share a key', () => {
  const keys = hotKeyActions.map((action) => `${hotKeys[action].ctrl}+${hotKeys[action].key}`);
  expect(new Set(keys).size).toBe(keys.length);
});
