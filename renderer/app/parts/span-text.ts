import type { TFunction } from 'i18next';
import type { Language } from '../../../domain/access/language.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A span of time, in the coarsest unit of which there is more than one. */
export const spanText = (t: TFunction, ms: number): string => {
  if (ms < 90 * secondMs) return t('span.seconds', { count: Math.max(1, Math.round(ms / secondMs)) });
  if (ms < 90 * minuteMs) return t('span.minutes', { count: Math.round(ms / minuteMs) });
  if (ms < 36 * hourMs) return t('span.hours', { count: Math.round(ms / hourMs) });
  return t('span.days', { count: Math.round(ms / dayMs) });
};

/** `12,300`. */
export const countText = (count: number, language: Language): string =>
  new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB').format(count);
