import type { Language } from '../../../domain/access/language.ts';
import { type Service, services } from '../../../domain/access/services.ts';
import type { Origin } from '../../../domain/forms/origin.ts';

/** What an inbox tells of an entry at a glance. */
export interface OriginFacts {
  /** A name, a number or an address; empty: withheld or not known yet. */
  readonly from: string;
  readonly language: Language | null;
  readonly service: Service | null;
  /** Length of a voice message. */
  readonly lengthMs: number | null;
  /** The subject of a mail. */
  readonly subject: string;
}

const nothing: OriginFacts = { from: '', language: null, service: null, lengthMs: null, subject: '' };

const serviceOf = (text: string): Service | null => services.find((one) => one === text) ?? null;

export const originFacts = (origin: Origin): OriginFacts => {
  switch (origin.via) {
    case 'desk':
      return nothing;
    case 'callback':
    case 'fault-line':
      return {
        ...nothing,
        from: origin.via === 'callback' ? origin.number : origin.caller,
        language: origin.language,
        service: serviceOf(origin.service),
      };
    case 'voice-message':
      return {
        ...nothing,
        from: origin.number || origin.caller,
        language: origin.language,
        service: serviceOf(origin.service),
        lengthMs: origin.recording.reduce((sum, { ms }) => sum + ms, 0),
      };
    case 'e-mail':
      return { ...nothing, from: origin.fromName || origin.from, subject: origin.subject };
    case 'web-message':
      return { ...nothing, from: origin.name || origin.contact, language: origin.language };
    case 'fax':
      return { ...nothing, from: origin.fromNumber };
    default:
      return origin satisfies never;
  }
};

/** How an entry came, for word and icon: a paper brought to the desk by its channel. */
export type Came = Exclude<Origin['via'], 'desk'> | 'letter' | 'visit' | 'desk';

export const cameBy = (origin: Origin): Came => {
  if (origin.via !== 'desk') return origin.via;
  const { channel } = origin;
  return channel === 'letter' || channel === 'visit' || channel === 'fax' ? channel : 'desk';
};

/** What is out of order with what came in, for words; null: nothing. */
export const problemOf = (origin: Origin): ProblemCode | null => {
  switch (origin.via) {
    case 'e-mail':
      return origin.problem?.code ?? null;
    case 'fax':
      return origin.problem?.code ?? null;
    case 'voice-message':
      return origin.ending.complete ? null : origin.ending.reason;
    case 'desk':
    case 'callback':
    case 'web-message':
    case 'fault-line':
      return null;
    default:
      return origin satisfies never;
  }
};

type ProblemIn<From> = From extends { readonly problem: { readonly code: infer Code } | null } ? Code : never;
type EndingIn<From> = From extends { readonly ending: infer Ending }
  ? Ending extends { readonly reason: infer Reason }
    ? Reason
    : never
  : never;
export type ProblemCode = ProblemIn<Origin> | EndingIn<Origin>;
