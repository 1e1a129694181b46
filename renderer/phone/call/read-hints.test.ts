import { expect, test } from 'vitest';
import { readHints } from './read-hints.ts';

const invite: Readonly<Record<string, string>> = {
  'X-Zuoxi-Contact': '0193-a1',
  'X-Zuoxi-Caller': '+8613900001111',
  'X-Zuoxi-Service': '180',
  'X-Zuoxi-Language': 'en',
  'X-Zuoxi-Waited': '12',
};
const read = (headers: Readonly<Record<string, string>>) => readHints((name) => headers[name]);

test('a queued call tells caller, service, language and waiting time', () => {
  expect(read(invite)).toEqual({
    contactId: '0193-a1',
    caller: '+8613900001111',
    service: '180',
    language: 'en',
    waitedSeconds: 12,
    origin: 'trunk',
    priority: 'normal',
  });
  expect(read({ ...invite, 'X-Zuoxi-Origin': 'web' })).toMatchObject({ origin: 'web' });
});

test('A3 A6 a key account, and a callback owed to the caller, are told with the call', () => {
  const callback = '019ab3c0-0000-7000-8000-000000000001';
  const told = { ...invite, 'X-Zuoxi-Priority': 'key-account', 'X-Zuoxi-Callback': callback };
  expect(read(told)).toMatchObject({ priority: 'key-account', callback });
  expect(read({ ...told, 'X-Zuoxi-Priority': 'first' })).toBeUndefined();
  expect(read({ ...told, 'X-Zuoxi-Callback': '1' })).toBeUndefined();
});

test('J1 S1 the form that comes with a call, and the colleague who speaks first, are told with it', () => {
  const form = '019ab3c0-0000-7000-8000-000000000001';
  const told = { ...invite, 'X-Zuoxi-Form': form, 'X-Zuoxi-Giver': '1001' };
  expect(read(told)).toMatchObject({ form, giver: '1001' });
  expect(read({ ...told, 'X-Zuoxi-Form': '../etc' })).toBeUndefined();
  expect(read({ ...told, 'X-Zuoxi-Giver': 'one two' })).toBeUndefined();
});

test('a call between seats carries no hints, and hints that are not valid count as none', () => {
  expect(read({})).toBeUndefined();
  expect(read({ ...invite, 'X-Zuoxi-Service': '999' })).toBeUndefined();
  expect(read({ ...invite, 'X-Zuoxi-Caller': '<script>' })).toBeUndefined();
  expect(read({ ...invite, 'X-Zuoxi-Waited': '-1' })).toBeUndefined();
  expect(read({ ...invite, 'X-Zuoxi-Origin': 'moon' })).toBeUndefined();
});
