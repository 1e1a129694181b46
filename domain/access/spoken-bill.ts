import type { Language } from './language.ts';
import { spokenMoney, spokenMonth } from './spoken-number.ts';
import { promptIn } from './voice-prompts.ts';

/** What a line owes for a month. */
export interface BillMonth {
  /** 1 to 12. */
  readonly month: number;
  /** 1/100 yuan; below zero is a credit. */
  readonly fen: number;
}

/** Service 170: each month with its amount; a line without bills owes nothing. */
export const spokenBill = (months: readonly BillMonth[], language: Language): readonly string[] =>
  months.length === 0
    ? [promptIn(language, 'no-bill')]
    : months.flatMap(({ month, fen }) => [
        promptIn(language, 'bill-of'),
        ...spokenMonth(month, language),
        promptIn(language, 'bill-is'),
        ...spokenMoney(fen, language),
      ]);
