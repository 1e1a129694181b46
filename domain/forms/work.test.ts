import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  nextWork,
  nextWorkState,
  type Work,
  type WorkEvent,
  type WorkState,
  whyNotTheirs,
  workEvents,
  workStates,
} from './work.ts';

const waiting: Work = { state: 'waiting', inbox: 'recording', since: 100 };
const by = (staffNumber: string, at: number, reason?: string) => ({
  by: staffNumber,
  at,
  ...(reason === undefined ? {} : { reason }),
});

const after = (work: Work, event: WorkEvent, done: ReturnType<typeof by>): Work => {
  const next = nextWork(work, event, done);
  if (!next.ok) throw new Error(next.error.code);
  return next.value;
};

test('A9 claimed, given back, claimed by another, done', () => {
  const claimed = after(waiting, 'claim', by('4001', 200));
  expect(claimed).toEqual({ state: 'claimed', inbox: 'recording', by: '4001', since: 200, waitingSince: 100 });
  expect(nextWork(claimed, 'claim', by('4002', 201))).toEqual({
    ok: false,
    error: { code: 'claimed-already', by: '4001' },
  });
  const given = after(claimed, 'release', by('4001', 300));
  // It does not go to the end of those who wait.
  expect(given).toEqual(waiting);
  expect(after(after(given, 'claim', by('4002', 400)), 'submit', by('4002', 500))).toEqual({
    state: 'done',
    inbox: 'recording',
    by: '4002',
    at: 500,
  });
});

test('A4 what was done or set aside waits again, in its own inbox, when the customer answers', () => {
  const claimed = after({ ...waiting, inbox: 'text' }, 'claim', by('3001', 200));
  for (const event of ['submit', 'set-aside'] as const) {
    const over = after(claimed, event, by('3001', 300, 'spam'));
    expect(after(over, 'receive', by('CENTRE', 400))).toEqual({ state: 'waiting', inbox: 'text', since: 400 });
  }
  expect(after({ state: 'none' }, 'receive', by('CENTRE', 400))).toEqual({
    state: 'waiting',
    inbox: 'text',
    since: 400,
  });
});

test('A4 what was set aside by mistake is taken up by a claim', () => {
  const aside = after(after(waiting, 'claim', by('4001', 1)), 'set-aside', by('4001', 2, 'nothing said'));
  expect(aside).toMatchObject({ state: 'set-aside', reason: 'nothing said' });
  expect(after(aside, 'claim', by('4002', 3))).toMatchObject({ state: 'claimed', by: '4002' });
});

test('A4 only the one who has it may work on it, and the others are told who that is', () => {
  expect(whyNotTheirs(waiting, '4001')).toEqual({ code: 'not-claimed' });
  const claimed = after(waiting, 'claim', by('4001', 1));
  expect(whyNotTheirs(claimed, '4001')).toBeUndefined();
  expect(whyNotTheirs(claimed, '4002')).toEqual({ code: 'claimed-already', by: '4001' });
  expect(whyNotTheirs({ state: 'none' }, '4001')).toEqual({ code: 'not-in-inbox' });
});

test('A9 any events in any order follow the table or are refused; nothing leaves an inbox but done or set aside', () => {
  const start: fc.Arbitrary<Work> = fc.constantFrom<Work>(waiting, { state: 'none' }, { ...waiting, inbox: 'text' });
  const step = fc.record({ event: fc.constantFrom(...workEvents), who: fc.constantFrom('1', '2', '3') });
  const seen = new Set<WorkState>();
  fc.assert(
    fc.property(start, fc.array(step, { maxLength: 30 }), (first, steps) => {
      let work = first;
      for (const [index, { event, who }] of steps.entries()) {
        const next = nextWork(work, event, by(who, 1_000 + index));
        const expected = nextWorkState(work.state, event);
        expect(next.ok).toBe(expected !== undefined);
        if (!next.ok) continue;
        expect(next.value.state).toBe(expected);
        if (work.state !== 'none') expect(next.value).toMatchObject({ inbox: work.inbox });
        const left = next.value.state === 'done' || next.value.state === 'set-aside';
        if (left) expect(['submit', 'set-aside']).toContain(event);
        if (first.state !== 'none') expect(next.value.state).not.toBe('none');
        work = next.value;
        seen.add(work.state);
      }
    }),
    { numRuns: 500 },
  );
  expect([...seen].sort()).toEqual([...workStates].filter((state) => state !== 'none').sort());
});
