import { type AccessRules, usualAccessRules } from '../../domain/access/access-rules.ts';
import { type CallbackRules, usualCallbackRules } from '../../domain/forms/callback.ts';

/** What the way in goes by; times beside the rules of the statechart. */
export interface AccessSettings {
  readonly rules: AccessRules;
  /** How long a menu waits for a key after its prompt (A2). */
  readonly keySeconds: number;
  /** A5: all seats busy so long, and the caller is offered other ways. */
  readonly firstOfferSeconds: number;
  /** A5: and again, while the caller keeps waiting. */
  readonly nextOfferSeconds: number;
  /** A7: the length of a segment, after which the caller has to press a key. */
  readonly segmentSeconds: number;
  /** A7: with less free than this no message is begun, and one under way is cut short. */
  readonly leastFreeMiB: number;
  /** How long the records and the line records have to answer while a caller waits for them. */
  readonly answerSeconds: number;
  /** A6: a callback asked for now is to be made until so much later. */
  readonly callbackWindowHours: number;
  /** A9: when a customer who was not reached is rung again. */
  readonly callbackRules: CallbackRules;
}

export const usualAccessSettings: AccessSettings = {
  rules: usualAccessRules,
  keySeconds: 6,
  firstOfferSeconds: 15,
  nextOfferSeconds: 45,
  segmentSeconds: 300,
  leastFreeMiB: 200,
  answerSeconds: 8,
  callbackWindowHours: 24,
  callbackRules: usualCallbackRules,
};
