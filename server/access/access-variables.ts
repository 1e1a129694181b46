import { z } from 'zod';
import { usualAccessRules } from '../../domain/access/access-rules.ts';
import { services } from '../../domain/access/services.ts';
import { type AccessSettings, usualAccessSettings as usual } from './access-settings.ts';

const minuteMs = 60_000;
const { retryAfterMs, maxTries } = usual.callbackRules;
const minutes = z.coerce.number().int().min(1).max(1_440);
const seconds = z.coerce.number().int().min(1).max(86_400);

/** Environment variables of the way in. */
export const accessVariables = {
  /** A5: all seats busy so long, and the caller is offered a callback or a message. */
  ZUOXI_OFFER_SECONDS: seconds.default(usual.firstOfferSeconds),
  ZUOXI_OFFER_AGAIN_SECONDS: seconds.default(usual.nextOfferSeconds),
  /** A7: a segment of a voice message. */
  ZUOXI_SEGMENT_SECONDS: seconds.default(usual.segmentSeconds),
  /** A7: with less free than so many MiB on the data folder's disk, no message is taken. */
  ZUOXI_LEAST_FREE_MIB: z.coerce.number().int().min(1).default(usual.leastFreeMiB),
  ZUOXI_KEY_SECONDS: seconds.default(usual.keySeconds),
  /** A6: how long after it was asked for a callback is made at the latest. */
  ZUOXI_CALLBACK_HOURS: z.coerce.number().int().min(1).max(720).default(usual.callbackWindowHours),
  /** A9: how long after a try that nobody answered, or that was busy, the customer is rung again. */
  ZUOXI_CALLBACK_NO_ANSWER_MINUTES: minutes.default(retryAfterMs['no-answer'] / minuteMs),
  ZUOXI_CALLBACK_BUSY_MINUTES: minutes.default(retryAfterMs.busy / minuteMs),
  /** A9: after so many tries a person decides. */
  ZUOXI_CALLBACK_TRIES: z.coerce.number().int().min(1).max(20).default(maxTries),
  /** Services whose calls are recorded, `180,189`, or `all`; their callers are told before they queue. */
  ZUOXI_RECORDED_SERVICES: z
    .string()
    .transform((list) => (list === 'all' ? [...services] : list.split(',').map((entry) => entry.trim())))
    .pipe(z.array(z.enum(services)))
    .default([...usualAccessRules.recordedServices]),
  /** Q1: `off`: nobody is asked how satisfied they are; a seat that wants it just hangs up. */
  ZUOXI_KEYED_RATING: z.enum(['on', 'off']).default(usualAccessRules.asksRating ? 'on' : 'off'),
  /** How long their recordings can be heard; 0: for ever. */
  ZUOXI_RECORDING_DAYS: z.coerce.number().int().min(0).max(36_500).default(180),
  /** What 112 and 170 ask: `csv:FILE` or the address of an HTTP service. */
  ZUOXI_LINE_RECORDS: z
    .string()
    .refine(
      (source) => /^csv:./.test(source) || (/^https?:\/\//.test(source) && URL.canParse(source)),
      'expected csv:FILE or http(s)://…',
    )
    .optional(),
};

export const accessSettingsOf = (given: z.infer<z.ZodObject<typeof accessVariables>>): AccessSettings => ({
  ...usual,
  rules: {
    ...usualAccessRules,
    recordedServices: given.ZUOXI_RECORDED_SERVICES,
    asksRating: given.ZUOXI_KEYED_RATING === 'on',
  },
  keySeconds: given.ZUOXI_KEY_SECONDS,
  firstOfferSeconds: given.ZUOXI_OFFER_SECONDS,
  nextOfferSeconds: given.ZUOXI_OFFER_AGAIN_SECONDS,
  segmentSeconds: given.ZUOXI_SEGMENT_SECONDS,
  leastFreeMiB: given.ZUOXI_LEAST_FREE_MIB,
  callbackWindowHours: given.ZUOXI_CALLBACK_HOURS,
  callbackRules: {
    retryAfterMs: {
      'no-answer': given.ZUOXI_CALLBACK_NO_ANSWER_MINUTES * minuteMs,
      busy: given.ZUOXI_CALLBACK_BUSY_MINUTES * minuteMs,
    },
    maxTries: given.ZUOXI_CALLBACK_TRIES,
  },
});
