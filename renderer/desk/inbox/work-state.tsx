import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  HourglassOutlined,
  InboxOutlined,
  LockOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Work } from '../../../domain/forms/work.ts';

interface WorkStateProps {
  readonly work: Work;
  readonly tentative: boolean;
  /** Who looks. */
  readonly staffNumber: string;
}

/** Who has a form, by icon and words; a claim the centre has not confirmed says so. */
export const WorkState = ({ work, tentative, staffNumber }: WorkStateProps) => {
  const { t } = useTranslation();
  const look = lookOf(work, tentative, staffNumber);
  if (!look) return null;
  const by = 'by' in work ? work.by : '';
  return (
    <span className={`pill ${look.tone}`} data-testid="work-state" data-value={look.word}>
      {look.icon} {t(`work.${look.word}`, { by })}
    </span>
  );
};

const lookOf = (work: Work, tentative: boolean, staffNumber: string) => {
  switch (work.state) {
    case 'none':
      return null;
    case 'waiting':
      return tentative
        ? ({ word: 'releasedTentatively', tone: 'pill-warn', icon: <HourglassOutlined /> } as const)
        : ({ word: 'waiting', tone: '', icon: <ClockCircleOutlined /> } as const);
    case 'claimed':
      if (work.by !== staffNumber) return { word: 'claimedByOther', tone: '', icon: <LockOutlined /> } as const;
      return tentative
        ? ({ word: 'mineTentatively', tone: 'pill-warn', icon: <HourglassOutlined /> } as const)
        : ({ word: 'mine', tone: 'pill-strong', icon: <UserOutlined /> } as const);
    case 'done':
      return { word: 'done', tone: 'pill-good', icon: <CheckCircleOutlined /> } as const;
    case 'set-aside':
      return { word: 'setAside', tone: '', icon: <InboxOutlined /> } as const;
    default:
      return work satisfies never;
  }
};
