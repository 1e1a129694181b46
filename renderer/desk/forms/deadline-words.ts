import type { TFunction } from 'i18next';
import type { Language } from '../../../domain/access/language.ts';
import { type Deadline, type DeadlineState, deadlineState } from '../../../domain/deadlines/deadline.ts';
import type { DeadlineRules } from '../../../domain/deadlines/deadline-rules.ts';
import { momentText } from '../../app/i18n/format.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface DeadlineWords {
  readonly standing: DeadlineState['level'] | 'paused';
  /** How it stands, without the colour. */
  readonly state: string;
  /** What is left, or by how much it is over; empty: by nothing to speak of. */
  readonly time: string;
  readonly due: string;
  /** Why it is paused; empty: it runs. */
  readonly reason: string;
}

/** S3, S4: a deadline as agents read it. `now` is the server's. */
export const deadlineWords = (
  t: TFunction,
  language: Language,
  kept: Deadline,
  { now, rules }: { readonly now: number; readonly rules: DeadlineRules },
): DeadlineWords => {
  const { level, reachedPercent, remainingMs } = deadlineState(kept, now, rules);
  const standing = kept.paused ? 'paused' : level;
  return {
    standing,
    state: standing === 'warned' ? t('deadline.warned', { percent: reachedPercent }) : t(`deadline.${standing}`),
    time: timeText(t, remainingMs, level === 'overdue', rules),
    due: t('deadline.due', { at: momentText(kept.dueAt, now, language) }),
    reason: kept.paused ? t('deadline.because', { reason: kept.paused.reason }) : '',
  };
};

/** In the evening after the last day there is no working time yet that it could be over by. */
const timeText = (t: TFunction, remainingMs: number, overdue: boolean, rules: DeadlineRules): string => {
  if (!overdue) return t('deadline.left', { time: workingTime(t, remainingMs, rules) });
  return -remainingMs < minuteMs ? '' : t('deadline.over', { time: workingTime(t, -remainingMs, rules) });
};

/** Working time as coarse as people say it; a day is one of office hours. */
const workingTime = (t: TFunction, ms: number, { officeHours }: DeadlineRules): string => {
  const dayMs = (officeHours.toMinute - officeHours.fromMinute) * minuteMs;
  const days = Math.floor(ms / dayMs);
  const hours = Math.floor((ms % dayMs) / hourMs);
  if (days > 0) return hours > 0 ? t('workingTime.daysAndHours', { days, hours }) : t('workingTime.days', { days });
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  if (hours > 0) return t('workingTime.hours', { hours, minutes });
  return minutes > 0 ? t('workingTime.minutes', { minutes }) : t('workingTime.none');
};
