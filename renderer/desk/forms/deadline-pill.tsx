import {
  BellOutlined,
  CalendarOutlined,
  ClockCircleOutlined,
  PauseCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deadline } from '../../../domain/deadlines/deadline.ts';
import type { DeadlineRules } from '../../../domain/deadlines/deadline-rules.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { type DeadlineWords, deadlineWords } from './deadline-words.ts';

interface DeadlinePillProps {
  readonly deadline: Deadline;
  readonly rules: DeadlineRules;
  /** The server's time. */
  readonly now: number;
  /** In a list only state and time stand in it; the rest is its title. */
  readonly short?: boolean;
}

/** S3, S4: until when an order is to be answered, how that stands, and what makes it doubtful. */
export const DeadlinePill = ({ deadline, rules, now, short = false }: DeadlinePillProps) => {
  const { t } = useTranslation();
  const words = deadlineWords(t, useLanguage(), deadline, { now, rules });
  const { standing, state, time, due, reason } = words;
  return (
    <>
      <span
        className={`pill ${tones[standing]}`}
        title={[due, reason].filter((part) => part !== '').join('\n')}
        data-testid="deadline"
        data-value={standing}
      >
        {icons[standing]} {state}
        {time && (
          <>
            {standing === 'overdue' ? ' ' : ' · '}
            <span className="digits">{time}</span>
          </>
        )}
        {!short && (
          <>
            {' · '}
            <span className="digits">{due}</span>
            {reason && ` · ${reason}`}
          </>
        )}
      </span>
      {!deadline.calendarPublished && (
        <span className="pill pill-warn" title={t('deadline.unpublishedHint')} data-testid="deadline-unpublished">
          <CalendarOutlined aria-hidden="true" /> {t('deadline.unpublished')}
        </span>
      )}
    </>
  );
};

const tones: Record<DeadlineWords['standing'], string> = {
  'in-time': 'pill-good',
  warned: 'pill-warn',
  overdue: 'pill-bad',
  paused: 'pill-strong',
};

const icons: Record<DeadlineWords['standing'], ReactNode> = {
  'in-time': <ClockCircleOutlined aria-hidden="true" />,
  warned: <BellOutlined aria-hidden="true" />,
  overdue: <WarningOutlined aria-hidden="true" />,
  paused: <PauseCircleOutlined aria-hidden="true" />,
};
