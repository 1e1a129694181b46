/** To whom a talk is handed together with its form: 高级话务员 (J1, J4a, J6) or 经理热线 (J3, J4, S1). */
export const transferRoles = ['senior', 'manager'] as const;
export type TransferRole = (typeof transferRoles)[number];

/**
 * A talk on its way to a seat of a role, together with its form.
 *
 *   preparing ── begin ─▶ waiting ◀── miss ── ringing ── answer ─▶ consulting ── join, giver-gone ─▶ joined
 *   (the form is         │    └──── ring ────▶  │                     ├── take-back ─▶ taken back
 *    on its way)         │ join, giver-gone     │ join, giver-gone    └── receiver-gone ─▶ given back
 *                        ▼                      ▼
 *                   waiting-alone ── ring ─▶ ringing-alone ── answer ─▶ joined
 *                        ▲──── miss ────────────┘
 *
 * While the agent who hands the caller on (the giver) is there, the two speak until the receiver answers;
 * then giver and receiver speak, and the caller hears music. `-alone`: the giver has left, the caller
 * hears music. `nobody`: nobody of the role is on duty any more. A caller who hangs up ends it anywhere.
 */
export const transferPhases = [
  'preparing',
  'waiting',
  'ringing',
  'consulting',
  'waiting-alone',
  'ringing-alone',
  'ended',
] as const;
export type TransferPhase = (typeof transferPhases)[number];

export const transferEnds = [
  'joined',
  'taken-back',
  /** The receiver hung up before the caller was joined: the giver has the caller again. */
  'given-back',
  'nobody-on-duty',
  'caller-gone',
  /** For the seat that was rung: another one is. */
  'not-answered',
  /** There was no such talk, or it was being handed on already. */
  'no-such-talk',
] as const;
export type TransferEnd = (typeof transferEnds)[number];

export type TransferEvent =
  | 'begin'
  | 'ring'
  | 'miss'
  | 'answer'
  | 'join'
  | 'take-back'
  | 'giver-gone'
  | 'receiver-gone'
  | 'caller-gone'
  | 'nobody';

interface Step {
  readonly phase: TransferPhase;
  readonly end: TransferEnd | null;
}

const to = (phase: TransferPhase): Step => ({ phase, end: null });
const ends = (end: TransferEnd): Step => ({ phase: 'ended', end });

const callerGone = { 'caller-gone': ends('caller-gone') };
const calledOff = { ...callerGone, 'take-back': ends('taken-back') };
const nobody = { nobody: ends('nobody-on-duty') };

/** A missing cell means the event is ignored in that phase: it came late or twice. */
const table: Readonly<Record<TransferPhase, Readonly<Partial<Record<TransferEvent, Step>>>>> = {
  preparing: { ...calledOff, ...nobody, begin: to('waiting'), 'giver-gone': ends('taken-back') },
  waiting: {
    ...calledOff,
    ...nobody,
    ring: to('ringing'),
    join: to('waiting-alone'),
    'giver-gone': to('waiting-alone'),
  },
  ringing: {
    ...calledOff,
    miss: to('waiting'),
    answer: to('consulting'),
    join: to('ringing-alone'),
    'giver-gone': to('ringing-alone'),
  },
  consulting: {
    ...callerGone,
    join: ends('joined'),
    'giver-gone': ends('joined'),
    'take-back': ends('taken-back'),
    'receiver-gone': ends('given-back'),
  },
  'waiting-alone': { ...callerGone, ...nobody, ring: to('ringing-alone') },
  'ringing-alone': { ...callerGone, miss: to('waiting-alone'), answer: ends('joined') },
  ended: {},
};

/** What follows from an event; undefined where it means nothing in that phase. */
export const nextTransfer = (phase: TransferPhase, event: TransferEvent): Step | undefined => table[phase][event];
