import type { VoicePrompt } from './voice-prompts.ts';

/** What a number is keyed for. */
export const entryPurposes = ['callback', 'message', 'fault', 'bill'] as const;
export type EntryPurpose = (typeof entryPurposes)[number];

interface Purpose {
  readonly asks: VoicePrompt;
  /** Digits of a number that can be meant. ITU-T E.164 allows 15, before them go two of an international prefix. */
  readonly digits: { readonly least: number; readonly most: number };
  /** A6: the caller's own number is offered before another is keyed, and each entry is read back. */
  readonly readBack: boolean;
}

export const purposes: Record<EntryPurpose, Purpose> = {
  callback: { asks: 'key-callback-number', digits: { least: 7, most: 17 }, readBack: true },
  message: { asks: 'key-contact-number', digits: { least: 7, most: 17 }, readBack: true },
  fault: { asks: 'key-fault-line', digits: { least: 7, most: 17 }, readBack: false },
  bill: { asks: 'key-bill-line', digits: { least: 7, most: 17 }, readBack: false },
};

/** Digits that any entry may have; those keyed beyond make it wrong, and are not kept. */
export const mostDigitsKept = 20;
export const passwordDigits = { least: 4, most: 12 } as const;

export const isOfLength = (
  digits: string,
  { least, most }: { readonly least: number; readonly most: number },
): boolean => digits.length >= least && digits.length <= most;

/** A caller's number as it can be rung and read back: the digits alone. Undefined where it is none. */
export const numberToRing = (caller: string): string | undefined => {
  // The hotline is China's: within the country +86 is not dialled.
  const digits = caller.replace(/^\+86/, '').replace(/^\+/, '00');
  return /^\d+$/.test(digits) && isOfLength(digits, purposes.callback.digits) ? digits : undefined;
};
