/**
 * What a seat is doing.
 *
 *   off ── sign-in ─▶ break ◀── pause ──┐
 *    ▲                 │ make-ready     │
 *    │                 ▼                │
 *    └─ sign-out ── ready ── ring ─▶ ringing ── answer ─▶ talking
 *                      ▲               │ miss (RONA)         │ hang-up
 *                      │               ▼                     ▼
 *                      │             break                wrap-up
 *                      └───── make-ready / wrap-up-over ─────┘
 *
 * A missing cell means the event is ignored in that phase: it came late or twice.
 */
export const seatPhases = ['off', 'break', 'ready', 'ringing', 'talking', 'wrap-up'] as const;
export type SeatPhase = (typeof seatPhases)[number];

export const seatEvents = [
  'sign-in',
  'sign-out',
  'make-ready',
  'pause',
  'ring',
  'withdraw',
  'miss',
  'answer',
  'hang-up',
  'wrap-up-over',
] as const;
export type SeatEvent = (typeof seatEvents)[number];

/**
 * Why a seat is as it is, where its agent did not ask for it. `not-answered`: set aside, on a break,
 * because a call was offered and not answered (RONA). `own-queue`: takes no calls, because the
 * clerk's own queue is full (A10).
 */
export const seatNotices = ['not-answered', 'own-queue'] as const;
export type SeatNotice = (typeof seatNotices)[number];

const table: Record<SeatPhase, Partial<Record<SeatEvent, SeatPhase>>> = {
  off: { 'sign-in': 'break' },
  break: { 'make-ready': 'ready', 'sign-out': 'off', answer: 'talking' },
  ready: { pause: 'break', 'sign-out': 'off', ring: 'ringing', answer: 'talking' },
  ringing: { answer: 'talking', withdraw: 'ready', miss: 'break', 'sign-out': 'off' },
  talking: { 'hang-up': 'wrap-up', 'sign-out': 'off' },
  'wrap-up': {
    'make-ready': 'ready',
    'wrap-up-over': 'ready',
    pause: 'break',
    'sign-out': 'off',
    answer: 'talking',
  },
};

/** The phase after an event; the same phase where the event does not apply. */
export const nextSeatPhase = (phase: SeatPhase, event: SeatEvent): SeatPhase => table[phase][event] ?? phase;
