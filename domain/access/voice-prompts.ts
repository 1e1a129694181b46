import type { Language } from './language.ts';

/** What the voice menu can say; each is a clip in the folder of each language. */
export const voicePrompts = [
  'welcome',
  'choose-language',
  'service-menu',
  'invalid-key',
  'queue-joined',
  'recording-notice',
  'queue-position',
  'queue-position-end',
  'expected-wait',
  'expected-wait-end',
  'overflow-offer',
  'please-hold',
  'call-restored',
  'goodbye',
  'own-number',
  'own-number-keys',
  'key-callback-number',
  'key-contact-number',
  'key-fault-line',
  'key-bill-line',
  'nothing-keyed',
  'number-wrong',
  'number-keyed',
  'number-keys',
  'too-many-entries',
  'one-moment',
  'callback-kept',
  'callback-not-kept',
  'anything-else',
  'message-intro',
  'message-continue',
  'message-playback',
  'message-keys',
  'message-disk-full',
  'message-failed',
  'messages-unavailable',
  'message-dropped',
  'message-kept',
  'message-delayed',
  'line-unknown',
  'records-unavailable',
  'fault-kinds',
  'fault-booked',
  'fault-not-booked',
  'hear-again',
  'bill-password',
  'bill-mismatch',
  'bill-of',
  'bill-is',
  'no-bill',
  'bill-refused',
  'rating-question',
  'rating-kept',
] as const;
export type VoicePrompt = (typeof voicePrompts)[number];

export const holdMusic = 'music/hold';
/** The tone after which a message is spoken (A7). */
export const recordTone = 'tones/record';
/** Stands among sounds for the caller's own message, all its segments (A7). */
export const recordedMessage = 'recorded-message';

/** A clip by the name the switch knows it under. */
export const promptIn = (language: Language, prompt: VoicePrompt): string => `${language}/${prompt}`;
