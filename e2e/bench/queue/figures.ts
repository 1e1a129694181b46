import type { Answered } from './simulate-hour.ts';

/** What supervisors ask about an hour. */
export interface Figures {
  readonly answered: number;
  readonly meanWaitSeconds: number;
  readonly longestWaitSeconds: number;
  readonly answeredIn20s: number;
  readonly longestEnglishSeconds: number;
  readonly longestKeyAccountSeconds: number;
  /** Of the callers whose agent was known: by that agent. */
  readonly toFamiliarAgent: number;
}

export const figuresOf = (hour: readonly Answered[]): Figures => {
  const seconds = (those: readonly Answered[]) => those.map(({ waitMs }) => waitMs / 1000);
  const longest = (those: readonly Answered[]) => Math.max(0, ...seconds(those));
  const share = (part: readonly Answered[], of: readonly Answered[]) => part.length / Math.max(1, of.length);
  const known = hour.filter(({ caller }) => caller.familiar !== undefined);
  return {
    answered: hour.length,
    meanWaitSeconds: seconds(hour).reduce((sum, one) => sum + one, 0) / Math.max(1, hour.length),
    longestWaitSeconds: longest(hour),
    answeredIn20s: share(
      hour.filter(({ waitMs }) => waitMs <= 20_000),
      hour,
    ),
    longestEnglishSeconds: longest(hour.filter(({ caller }) => caller.language === 'en')),
    longestKeyAccountSeconds: longest(hour.filter(({ caller }) => caller.keyAccount)),
    toFamiliarAgent: share(
      known.filter(({ caller, seat }) => caller.familiar === seat),
      known,
    ),
  };
};

export const meanOf = (hours: readonly Figures[], name: keyof Figures): number =>
  hours.reduce((sum, hour) => sum + hour[name], 0) / hours.length;
