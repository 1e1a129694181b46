import { AudioOutlined, BellOutlined, FileTextOutlined, MailOutlined, WarningOutlined } from '@ant-design/icons';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxPart } from '../../../contract/ipc.ts';
import { type Inbox, inboxes, rightToClaim } from '../../../domain/forms/work.ts';
import { mayDo } from '../../../domain/people/roles.ts';
import { listChosen } from '../../app/store/inbox-slice.ts';
import { sourcePutAway } from '../../app/store/source-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { DeskTabs, useDeskLists } from '../procedure/desk-tabs.tsx';
import { BlendingNote } from './blending-note.tsx';

/** The inboxes the one signed in may take from. */
export const useInboxes = (): readonly Inbox[] => {
  const roles = useDeskSelector((state) => state.desk.session?.person.roles);
  return useMemo(() => inboxes.filter((inbox) => mayDo(roles ?? [], rightToClaim[inbox])), [roles]);
};

const inboxIcons: Record<Inbox, ReactNode> = { text: <MailOutlined />, recording: <AudioOutlined /> };

/** Counts of the clerk's inboxes and of the desks forms lie at, always in sight, and the way to each (A4, A9, A10). */
export const InboxStrip = ({ onSheet }: { readonly onSheet: () => void }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const mayTakeFrom = useInboxes();
  const { list, part, counts } = useDeskSelector((state) => state.inbox);
  const desks = useDeskLists();
  if (mayTakeFrom.length === 0 && desks.length === 0) return null;
  const go = (to: 'forms' | Inbox, which: InboxPart): void => {
    dispatch(listChosen({ list: to, part: which }));
    dispatch(sourcePutAway());
  };
  const tab = (parts: {
    readonly to: 'forms' | Inbox;
    readonly which: InboxPart;
    readonly icon: ReactNode;
    readonly label: string;
    readonly count: number | null;
    readonly tone?: 'warn' | 'bad';
  }) => (
    <button
      key={`${parts.to} ${parts.which}`}
      type="button"
      className="strip-tab"
      aria-current={list === parts.to && (list === 'forms' || part === parts.which)}
      onClick={() => go(parts.to, parts.which)}
      data-testid={`strip-${parts.to}-${parts.which}`}
      data-value={parts.count}
    >
      <span aria-hidden="true">{parts.icon}</span> {parts.label}
      {parts.count !== null && (
        <span className={`count digits ${parts.count > 0 && parts.tone ? `count-${parts.tone}` : ''}`}>
          {parts.count}
        </span>
      )}
    </button>
  );
  return (
    <nav className="strip" aria-label={t('inbox.strip')} data-testid="inbox-strip">
      {tab({ to: 'forms', which: 'to-do', icon: <FileTextOutlined />, label: t('list.title'), count: null })}
      {mayTakeFrom.map((inbox) => {
        const count = counts?.[inbox];
        return (
          <fieldset key={inbox} className="strip-group" aria-label={t(`inbox.${inbox}`)}>
            {tab({
              to: inbox,
              which: 'to-do',
              icon: inboxIcons[inbox],
              label: t(`inbox.${inbox}`),
              count: count?.waiting ?? 0,
            })}
            {tab({ to: inbox, which: 'mine', icon: null, label: t('strip.mine'), count: count?.mine ?? 0 })}
            {tab({
              to: inbox,
              which: 'check-backs',
              icon: <BellOutlined />,
              label: t('strip.checkBacks'),
              count: count?.checkBacksDue ?? 0,
              tone: 'warn',
            })}
            {tab({
              to: inbox,
              which: 'problems',
              icon: <WarningOutlined />,
              label: t('strip.problems'),
              count: count?.problems ?? 0,
              tone: 'bad',
            })}
          </fieldset>
        );
      })}
      <DeskTabs onSheet={onSheet} />
      {mayTakeFrom.length > 0 && <BlendingNote />}
    </nav>
  );
};
