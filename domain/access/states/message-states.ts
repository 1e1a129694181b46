import type { MessageEnding, MessagePhase, VoiceCall, VoiceCallEffect } from '../voice-call.ts';
import { recordedMessage, recordTone, type VoicePrompt } from '../voice-prompts.ts';
import { exit } from './entry-states.ts';
import { menuState } from './menu-state.ts';
import { type Cell, go, type Move, onwards, over, type States, say } from './state.ts';
import { agent, toAgent } from './to-agent.ts';
import { waiting } from './waiting.ts';

/**
 * A voice message (A7):
 *
 *   message-intro ─▶ message-tone ─▶ message-recording ── key, not 0 ─▶ message-review ── 1 ─▶ message-keeping
 *        ▲                ▲                │ 5 minutes                   ▲   │ 2, *: dropped        │ kept
 *        │                └─ key ── message-continue ── #, *, silence ───┘   │                      ▼
 *        └───────────────────────────────────────────────────────────── 2 ───┴──────── * ─▶ anything-else
 *
 * A hang-up, and 0 for an agent, keep what was said and mark it unconfirmed.
 */
const keepAs = (ending: MessageEnding): VoiceCallEffect => ({ type: 'keep-message', ending });
const stopRecording: VoiceCallEffect = { type: 'stop-recording' };

const goneAfterSpeaking: Cell = (call) => go(call, 'ended', { effects: [keepAs('hung-up')] });

const agentAfterSpeaking = (call: VoiceCall): Move => {
  const move = toAgent(call);
  return { ...move, effects: [keepAs('interrupted'), ...move.effects] };
};

const review: Cell = (call) => go(call, 'message-review', { effects: [stopRecording] });

/** What is said, once something of it is kept. */
const cutShort: Record<'disk-full' | 'failed', VoicePrompt> = {
  'disk-full': 'message-disk-full',
  failed: 'message-failed',
};

/** Every key but those of another meaning. */
const anyOther: Cell<'key'> = onwards('message-tone');

const introKeys: Readonly<Record<string, Cell<'key'>>> = { '0': agent, '*': exit };

export const messageStates: States<MessagePhase> = {
  'message-intro': {
    says: (call) => say(call, 'message-intro'),
    on: {
      'prompt-over': onwards('message-tone'),
      key: (call, event) => (introKeys[event.key] ?? anyOther)(call, event),
      'caller-gone': over,
    },
  },
  'message-tone': {
    says: () => [recordTone],
    on: {
      'prompt-over': onwards('message-recording'),
      key: (call, event) => (event.key === '0' ? agentAfterSpeaking(call) : go(call, 'message-recording')),
      'caller-gone': goneAfterSpeaking,
    },
  },
  'message-recording': {
    does: ({ number }) => [{ type: 'hush' }, { type: 'record-segment', number }],
    on: {
      key: (call, event) => (event.key === '0' ? agentAfterSpeaking(call) : review(call, event)),
      'segment-over': (call, { why, heard }) => {
        if (why === 'full') return go(call, 'message-continue');
        return heard
          ? go(call, 'message-review', { saying: say(call, cutShort[why]) })
          : toAgent(call, { saying: ['messages-unavailable'] });
      },
      'caller-gone': goneAfterSpeaking,
    },
  },
  'message-continue': menuState({
    says: (call) => say(call, 'message-continue'),
    keys: { '#': onwards('message-review'), '*': onwards('message-review') },
    zero: agentAfterSpeaking,
    otherKey: anyOther,
    // A line left open must not record for ever.
    givenUp: onwards('message-review'),
    silences: 1,
    on: { 'caller-gone': goneAfterSpeaking },
  }),
  'message-review': menuState({
    says: (call) => [...say(call, 'message-playback'), recordedMessage, ...say(call, 'message-keys')],
    keys: {
      '1': onwards('message-keeping'),
      '2': (call) => go(call, 'message-intro', { effects: [{ type: 'discard-message' }] }),
      '*': (call) =>
        go(call, 'anything-else', { effects: [{ type: 'discard-message' }], saying: say(call, 'message-dropped') }),
    },
    zero: agentAfterSpeaking,
    givenUp: (call) => go(call, 'farewell', { effects: [keepAs('interrupted')], saying: say(call, 'message-delayed') }),
    on: { 'caller-gone': goneAfterSpeaking },
  }),
  'message-keeping': {
    says: (call) => say(call, 'one-moment'),
    does: () => [keepAs('confirmed')],
    on: {
      ...waiting,
      kept: (call) => go(call, 'anything-else', { set: { queue: 'never' }, saying: say(call, 'message-kept') }),
      // It lies on the disk and is filed as soon as the records answer.
      'not-kept': (call) =>
        go(call, 'anything-else', { set: { queue: 'never' }, saying: say(call, 'message-delayed') }),
    },
  },
};
