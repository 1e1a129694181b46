import { expect, test } from 'vitest';
import type { CallView } from '../../../contract/phone.ts';
import { type CallEvent, callAfter } from './call-state.ts';

const ringing: CallView = {
  id: '1',
  contactId: 'c-1',
  direction: 'in',
  remote: '13900001111',
  service: '180',
  language: 'zh',
  waitedSeconds: 12,
  origin: 'trunk',
  priority: 'normal',
  callback: null,
  form: null,
  giver: null,
  phase: 'ringing',
  since: 1000,
  answeredAt: null,
  muted: false,
  announcement: null,
  quality: null,
  transfer: null,
  outcome: null,
};
const after = (events: readonly CallEvent[], from: CallView = ringing): CallView =>
  events.reduce((call, event, index) => callAfter(call, event, 2000 + index), from);
const played = { outcome: 'played', startedAt: 2001, endedAt: 4001 } as const;

test('A3 the staff number is announced between the answer and the talk', () => {
  const announcing = after([{ type: 'answered' }, { type: 'announcement-began' }]);
  expect(announcing).toMatchObject({ phase: 'announcing', answeredAt: 2000, announcement: { outcome: 'playing' } });
  expect(after([{ type: 'announced', report: played }], announcing)).toMatchObject({
    phase: 'talking',
    announcement: played,
  });
});

test('A3 an announcement cut short by the end of the call is not reported as played', () => {
  const ended = after([
    { type: 'answered' },
    { type: 'announcement-began' },
    { type: 'ended', outcome: 'caller-gone' },
  ]);
  expect(ended).toMatchObject({ phase: 'ended', announcement: { outcome: 'failed' } });
});

test('a call of ours and a call between seats go straight to the talk', () => {
  expect(after([{ type: 'connected' }], { ...ringing, direction: 'out', phase: 'dialling' }).phase).toBe('talking');
  expect(after([{ type: 'connected' }]).announcement).toBeNull();
});

test('hold and resume move only a call in talk', () => {
  expect(after([{ type: 'held' }])).toBe(ringing);
  const held = after([{ type: 'connected' }, { type: 'held' }]);
  expect(held.phase).toBe('held');
  expect(after([{ type: 'resumed' }], held)).toMatchObject({ phase: 'talking', answeredAt: 2000 });
});

test('every phase can end, and nothing changes an ended call', () => {
  for (const phase of ['ringing', 'dialling', 'announcing', 'talking', 'held'] as const) {
    expect(after([{ type: 'ended', outcome: 'failed' }], { ...ringing, phase }).phase).toBe('ended');
  }
  const ended = after([{ type: 'ended', outcome: 'missed' }]);
  const late: readonly CallEvent[] = [
    { type: 'answered' },
    { type: 'connected' },
    { type: 'announced', report: played },
    { type: 'held' },
    { type: 'resumed' },
    { type: 'ended', outcome: 'hung-up' },
    { type: 'muted', muted: true },
    { type: 'transfer', transfer: 'failed' },
  ];
  expect(after(late, ended)).toBe(ended);
});

test('a call that rings can be neither muted nor transferred', () => {
  expect(
    after([
      { type: 'muted', muted: true },
      { type: 'transfer', transfer: 'under-way' },
    ]),
  ).toBe(ringing);
});

test('A3 the caller of a colleague’s call is joined in the middle of the talk, and announced to then', () => {
  const talking = callAfter(callAfter(ringing, { type: 'connected' }, 5), { type: 'handed-on' }, 9);
  expect(talking).toMatchObject({ phase: 'announcing', answeredAt: 5, since: 9 });
  const report = { outcome: 'played', startedAt: 9, endedAt: 12 } as const;
  expect(callAfter(talking, { type: 'announced', report }, 12)).toMatchObject({
    phase: 'talking',
    announcement: report,
  });
  expect(callAfter(ringing, { type: 'handed-on' }, 9)).toBe(ringing);
});
