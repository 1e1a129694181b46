import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextTransfer, type TransferEvent, type TransferPhase, transferPhases } from './warm-transfer.ts';

const events: readonly TransferEvent[] = [
  ...(['begin', 'ring', 'miss', 'answer', 'join', 'take-back'] as const),
  ...(['giver-gone', 'receiver-gone', 'caller-gone', 'nobody'] as const),
];

const follow = (path: readonly TransferEvent[], from: TransferPhase = 'preparing') =>
  path.reduce<{ readonly phase: TransferPhase; readonly end: string | null }>(
    (at, event) => nextTransfer(at.phase, event) ?? at,
    { phase: from, end: null },
  );

test.each([
  ['J1 rung, answered, joined', ['begin', 'ring', 'answer', 'join'], 'joined'],
  ['J1 the giver hangs up in the consultation', ['begin', 'ring', 'answer', 'giver-gone'], 'joined'],
  ['J1 the giver takes the caller back', ['begin', 'ring', 'answer', 'take-back'], 'taken-back'],
  ['J1 the receiver hangs up', ['begin', 'ring', 'answer', 'receiver-gone'], 'given-back'],
  ['J1 the giver leaves, the next seat answers', ['begin', 'ring', 'join', 'miss', 'ring', 'answer'], 'joined'],
  ['J1 all of the role sign off', ['begin', 'nobody'], 'nobody-on-duty'],
  ['J1 all of the role sign off after the giver has left', ['begin', 'join', 'nobody'], 'nobody-on-duty'],
] as const)('%s', (_name, path, end) => {
  expect(follow(path)).toEqual({ phase: 'ended', end });
});

test('J1 a caller who hangs up ends it in every phase, and nothing leads out of the end', () => {
  for (const phase of transferPhases) {
    if (phase === 'ended') for (const event of events) expect(nextTransfer(phase, event)).toBeUndefined();
    else expect(nextTransfer(phase, 'caller-gone')).toEqual({ phase: 'ended', end: 'caller-gone' });
  }
});

test('J1 property: whatever happens, an end is named once it is over and not before, and it can always be reached', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (path) => {
      const at = follow(path);
      expect(at.end === null).toBe(at.phase !== 'ended');
      expect(follow(['begin', 'ring', 'answer', 'join'], at.phase).phase).toBe('ended');
    }),
  );
});
