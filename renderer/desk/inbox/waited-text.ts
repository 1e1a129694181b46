import type { TFunction } from 'i18next';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long something waits, as coarse as people say it. */
export const waitedText = (t: TFunction, ms: number): string => {
  if (ms < minuteMs) return t('waited.seconds');
  if (ms < hourMs) return t('waited.minutes', { count: Math.floor(ms / minuteMs) });
  if (ms < dayMs) {
    const hours = Math.floor(ms / hourMs);
    return t('waited.hours', { hours, minutes: Math.floor((ms - hours * hourMs) / minuteMs) });
  }
  return t('waited.days', { count: Math.floor(ms / dayMs) });
};
