import type { Right } from '../people/roles.ts';
import type { VersionState } from './article.ts';

/**
 * The life of a version (D1).
 *
 *   write ─▶ draft ── submit ─▶ in-review ── approve ─▶ approved ── publish ─▶ published ── retire ─▶ retired
 *            │ ▲ ▲                 │                       │                       │
 *            │ │ └──── send-back ──┘                       │                       └─ replace ─▶ replaced
 *            │ └────────────────────── write ──────────────┘
 *            └─ drop ─▶ dropped
 *
 * A change of what was approved asks for another review. What is published is never written in: `write`
 * begins the next version, and the old one stands until that is published (`replace`). A missing cell
 * means the event is refused with the state.
 */
export const versionEvents = [
  'write',
  'submit',
  'approve',
  'send-back',
  'publish',
  'replace',
  'retire',
  'drop',
] as const;
export type VersionEvent = (typeof versionEvents)[number];

const table: Record<VersionState, Partial<Record<VersionEvent, VersionState>>> = {
  draft: { write: 'draft', submit: 'in-review', drop: 'dropped' },
  'in-review': { approve: 'approved', 'send-back': 'draft' },
  approved: { write: 'draft', publish: 'published' },
  published: { replace: 'replaced', retire: 'retired' },
  replaced: {},
  retired: {},
  dropped: {},
};

/** The state an event leads to; `undefined` where the event does not apply. */
export const nextVersionState = (state: VersionState, event: VersionEvent): VersionState | undefined =>
  table[state][event];

/**
 * The right to each event. `eyes`: `others` alone for whoever has not written in the version, whatever
 * their roles (four eyes).
 */
export const versionRules: Record<
  Exclude<VersionEvent, 'replace'>,
  { readonly right: Right; readonly eyes: 'any' | 'others' }
> = {
  write: { right: 'knowledge.write', eyes: 'any' },
  submit: { right: 'knowledge.write', eyes: 'any' },
  approve: { right: 'knowledge.review', eyes: 'others' },
  'send-back': { right: 'knowledge.review', eyes: 'others' },
  publish: { right: 'knowledge.write', eyes: 'any' },
  retire: { right: 'knowledge.write', eyes: 'any' },
  drop: { right: 'knowledge.write', eyes: 'any' },
};
