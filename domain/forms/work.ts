import { z } from 'zod';
import type { Right } from '../people/roles.ts';
import { ok, type Result, refused } from '../result.ts';
import type { Origin } from './origin.ts';

/** Text clerks work what is written, recording clerks what was spoken (A4, A9). */
export const inboxes = ['text', 'recording'] as const;
export type Inbox = (typeof inboxes)[number];

const inbox = z.enum(inboxes);
const instant = z.int().nonnegative();

/**
 * Who deals with a form.
 *
 *   opened in a talk ──▶ none                   opened from a letter
 *                         │ receive                 by a text clerk
 *                         ▼                               │
 *   came in by itself ─▶ waiting ── claim ──────────▶ claimed ── submit ─▶ done
 *                         ▲ ▲ │ ▲                     │ │ ▲                 │
 *                         │ │ │ └────── release ──────┘ │ └─ claim ─┐       │
 *                         │ │ │                         ▼           │       │
 *                         │ │ └── set-aside ──────▶ set-aside ──────┘       │
 *                         │ └──── receive ───────────── │                   │
 *                         └────── receive ──────────────────────────────────┘
 *
 * `receive` is an answer of the customer that came in by itself: it takes a matter up again. Only the
 * centre sets aside what nobody has claimed: an automatic reply, say. A missing cell means the event is
 * refused with a reason; `receive` leaves the work as it is.
 */
export const work = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  /** `since`: when the matter came in; a release does not make it younger. */
  z.strictObject({ state: z.literal('waiting'), inbox, since: instant }),
  z.strictObject({ state: z.literal('claimed'), inbox, by: z.string(), since: instant, waitingSince: instant }),
  z.strictObject({ state: z.literal('done'), inbox, by: z.string(), at: instant }),
  z.strictObject({ state: z.literal('set-aside'), inbox, by: z.string(), at: instant, reason: z.string() }),
]);
export type Work = z.infer<typeof work>;
export type WorkState = Work['state'];
export const workStates = work.options.map((option) => option.shape.state.value);

export const workEvents = ['claim', 'release', 'set-aside', 'submit', 'receive'] as const;
export type WorkEvent = (typeof workEvents)[number];

const table: Record<WorkState, Partial<Record<WorkEvent, WorkState>>> = {
  none: { receive: 'waiting' },
  waiting: { claim: 'claimed', 'set-aside': 'set-aside' },
  claimed: { release: 'waiting', 'set-aside': 'set-aside', submit: 'done' },
  done: { receive: 'waiting' },
  'set-aside': { claim: 'claimed', receive: 'waiting' },
};

/** Why the work does not go the way it was asked to. */
export type WorkRefusal =
  /** Somebody, maybe the author, has it. */
  | { readonly code: 'claimed-already'; readonly by: string }
  /** Nobody has it: claim it first. */
  | { readonly code: 'not-claimed' }
  /** It is in no inbox (any more). */
  | { readonly code: 'not-in-inbox' };

/** The state an event leads to; `undefined` where the event does not apply. */
export const nextWorkState = (state: WorkState, event: WorkEvent): WorkState | undefined => table[state][event];

/** The work after an event, or why it is refused. `reason` is that of a set-aside. */
export const nextWork = (
  before: Work,
  event: WorkEvent,
  done: { readonly by: string; readonly at: number; readonly reason?: string },
): Result<Work, WorkRefusal> => {
  const next = nextWorkState(before.state, event);
  if (next === undefined) return refused(whyNot(before));
  const box = before.state === 'none' ? 'text' : before.inbox;
  switch (next) {
    case 'waiting':
      return ok({ state: next, inbox: box, since: before.state === 'claimed' ? before.waitingSince : done.at });
    case 'claimed': {
      const waitingSince = before.state === 'waiting' ? before.since : done.at;
      return ok({ state: next, inbox: box, by: done.by, since: done.at, waitingSince });
    }
    case 'done':
      return ok({ state: next, inbox: box, by: done.by, at: done.at });
    case 'set-aside':
      return ok({ state: next, inbox: box, by: done.by, at: done.at, reason: done.reason ?? '' });
    case 'none':
      return ok({ state: next });
    default:
      return next satisfies never;
  }
};

const whyNot = (before: Work): WorkRefusal => {
  switch (before.state) {
    case 'claimed':
      return { code: 'claimed-already', by: before.by };
    case 'waiting':
      return { code: 'not-claimed' };
    case 'set-aside':
      return { code: 'not-claimed' };
    case 'none':
    case 'done':
      return { code: 'not-in-inbox' };
    default:
      return before satisfies never;
  }
};

/** Why somebody may not do what only the one who has claimed the form may; `undefined`: they may. */
export const whyNotTheirs = (standing: Work, by: string): WorkRefusal | undefined =>
  standing.state === 'claimed' && standing.by === by ? undefined : whyNot(standing);

/** The right to take a form out of an inbox. */
export const rightToClaim: Record<Inbox, Right> = { text: 'claim.text', recording: 'claim.recording' };

/** The inbox that what came in waits in; `undefined`: nobody need look at it (112 books by itself). */
export const inboxOf = (from: Origin): Inbox | undefined => {
  switch (from.via) {
    case 'callback':
    case 'voice-message':
      return 'recording';
    case 'e-mail':
    case 'web-message':
    case 'fax':
      return 'text';
    case 'desk':
    case 'fault-line':
      return undefined;
    default:
      return from satisfies never;
  }
};

/** Channels whose paper or visitor is at the clerk's desk when the form is opened (A4). */
const broughtToTheDesk: readonly string[] = ['letter', 'fax', 'visit'];

/** The work a form begins with. A clerk who opens one from a letter has it claimed. */
export const firstWork = (
  from: Origin,
  opened: { readonly by: string; readonly at: number; readonly mayClaimText: boolean },
): Work => {
  const box = inboxOf(from);
  if (box) return { state: 'waiting', inbox: box, since: opened.at };
  if (from.via === 'desk' && opened.mayClaimText && broughtToTheDesk.includes(from.channel)) {
    return { state: 'claimed', inbox: 'text', by: opened.by, since: opened.at, waitingSince: opened.at };
  }
  return { state: 'none' };
};
