import {
  BellOutlined,
  BookOutlined,
  EditOutlined,
  LogoutOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
  SettingOutlined,
  TeamOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Registration } from '../../../contract/phone.ts';
import { useKnowledgeRight } from '../../knowledge/desk/use-knowledge-right.ts';
import { KeyIcon } from '../parts/key-icon.tsx';
import { useRight } from '../parts/use-right.ts';
import { openArticles } from '../store/edit-articles.ts';
import { openKnowledge } from '../store/search-knowledge.ts';
import { signOut } from '../store/sign-out.ts';
import { useDeskDispatch, useDeskSelector } from '../store/store.ts';
import { SeatControl } from './seat-control.tsx';
import { SyncFact } from './sync-fact.tsx';

interface FactProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly testId: string;
  readonly state?: string;
  readonly children: ReactNode;
}

/** A small caption over its value, told by icon and words. */
const Fact = ({ icon, label, tone, testId, state, children }: FactProps) => (
  <div className={`fact fact-${tone}`} role="status" aria-label={label}>
    <span className="fact-icon" aria-hidden="true">
      {icon}
    </span>
    <span className="fact-label">{label}</span>
    <span className="fact-value" data-testid={testId} data-value={state}>
      {children}
    </span>
  </div>
);

const phoneTone: Record<Registration['state'], FactProps['tone']> = {
  off: 'plain',
  connecting: 'warn',
  registered: 'good',
  retrying: 'warn',
  refused: 'bad',
};

const PhoneFact = () => {
  const { t } = useTranslation();
  const registration = useDeskSelector((state) => state.phone.snapshot.registration);
  const words = (): string => {
    switch (registration.state) {
      case 'retrying':
        return t('registration.retrying', { attempt: registration.attempt });
      case 'refused':
        return t('registration.refused', { status: registration.status });
      default:
        return t(`registration.${registration.state}`);
    }
  };
  return (
    <Fact
      icon={registration.state === 'registered' ? <PhoneOutlined /> : <WarningOutlined />}
      label={t('bar.phone')}
      tone={phoneTone[registration.state]}
      testId="registration"
      state={registration.state}
    >
      {words()}
    </Fact>
  );
};

export const TopBar = ({ onOpen }: { readonly onOpen: (what: 'settings' | 'help' | 'attention' | 'sync') => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const person = useDeskSelector((state) => state.desk.session?.person);
  const waiting = useDeskSelector((state) => state.desk.waiting);
  const attention = useDeskSelector((state) => state.desk.sync.attention);
  const takesCalls = useRight('call.take');
  const mayReview = useKnowledgeRight('knowledge.review');
  return (
    <header className="bar">
      <section className="bar-who" aria-label={t('bar.account')}>
        <span className="bar-mark" aria-hidden="true">
          席
        </span>
        <div>
          <strong className="digits" data-testid="staff-number">
            {person?.staffNumber}
          </strong>
          <span className="bar-name" data-testid="staff-name" title={person?.name}>
            {person?.name}
          </span>
        </div>
      </section>
      {takesCalls && <SeatControl />}
      <div className="bar-facts">
        {takesCalls && (
          <Fact
            icon={<TeamOutlined />}
            label={t('bar.queue')}
            tone={waiting ? 'warn' : 'plain'}
            testId="queue-waiting"
            state={String(waiting ?? '')}
          >
            {waiting === null ? '—' : t('bar.queueWaiting', { count: waiting })}
          </Fact>
        )}
        {takesCalls && <PhoneFact />}
        <SyncFact onOpen={() => onOpen('sync')} />
      </div>
      <div className="bar-actions">
        <KeyIcon hotKey="knowledge" icon={<BookOutlined />} onClick={() => void dispatch(openKnowledge())} />
        {mayReview && (
          <KeyIcon hotKey="articles" icon={<EditOutlined />} onClick={() => void dispatch(openArticles())} />
        )}
        <Button
          type={attention > 0 ? 'primary' : 'text'}
          danger={attention > 0}
          icon={<BellOutlined />}
          onClick={() => onOpen('attention')}
          data-testid="attention-open"
          aria-label={`${t('bar.attention')} ${t('bar.attentionCount', { count: attention })}`}
        >
          <span data-testid="attention-count" data-value={attention}>
            {attention > 0 ? t('bar.attentionCount', { count: attention }) : attention}
          </span>
        </Button>
        {(
          [
            ['settings', t('bar.settings'), <SettingOutlined key="icon" />],
            ['help', t('bar.help'), <QuestionCircleOutlined key="icon" />],
          ] as const
        ).map(([what, label, icon]) => (
          <Tooltip key={what} title={label}>
            <Button
              type="text"
              icon={icon}
              aria-label={label}
              onClick={() => onOpen(what)}
              data-testid={`${what}-open`}
            />
          </Tooltip>
        ))}
        <Tooltip title={t('bar.signOut')}>
          <Button
            type="text"
            icon={<LogoutOutlined />}
            aria-label={t('bar.signOut')}
            onClick={() => void dispatch(signOut())}
            data-testid="sign-out"
          />
        </Tooltip>
      </div>
    </header>
  );
};
