import {
  AuditOutlined,
  BulbOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  CustomerServiceOutlined,
  EditOutlined,
  FileSearchOutlined,
  MergeCellsOutlined,
  PhoneOutlined,
  SolutionOutlined,
  StopOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../domain/forms/procedure/stages.ts';

const looks: Record<Stage, { readonly tone: string; readonly icon: ReactNode }> = {
  drafting: { tone: 'pill-strong', icon: <EditOutlined aria-hidden="true" /> },
  audit: { tone: 'pill-warn', icon: <AuditOutlined aria-hidden="true" /> },
  senior: { tone: 'pill-warn', icon: <SolutionOutlined aria-hidden="true" /> },
  department: { tone: 'pill-strong', icon: <TeamOutlined aria-hidden="true" /> },
  'reply-check': { tone: 'pill-warn', icon: <FileSearchOutlined aria-hidden="true" /> },
  informing: { tone: 'pill-warn', icon: <PhoneOutlined aria-hidden="true" /> },
  manager: { tone: 'pill-bad', icon: <CustomerServiceOutlined aria-hidden="true" /> },
  answered: { tone: 'pill-good', icon: <ClockCircleOutlined aria-hidden="true" /> },
  declined: { tone: '', icon: <StopOutlined aria-hidden="true" /> },
  closed: { tone: 'pill-good', icon: <CheckCircleOutlined aria-hidden="true" /> },
  curation: { tone: 'pill-strong', icon: <BulbOutlined aria-hidden="true" /> },
  merged: { tone: '', icon: <MergeCellsOutlined aria-hidden="true" /> },
  settled: { tone: 'pill-good', icon: <CheckCircleOutlined aria-hidden="true" /> },
  booked: { tone: 'pill-good', icon: <CheckCircleOutlined aria-hidden="true" /> },
};

/** Where a form stands in its procedure, by icon and words. */
export const StagePill = ({ stage }: { readonly stage: Stage }) => {
  const { t } = useTranslation();
  const { tone, icon } = looks[stage];
  return (
    <span className={`pill ${tone}`} data-testid="stage" data-value={stage}>
      {icon} {t(`stage.${stage}`)}
    </span>
  );
};
