import { ClockCircleOutlined, PauseCircleOutlined, UserOutlined } from '@ant-design/icons';
import { Pagination } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../contract/ipc.ts';
import type { PendingOperation, PendingPage } from '../../contract/sync-page.ts';
import { momentText } from '../app/i18n/format.ts';
import { countText, spanText } from '../app/parts/span-text.ts';
import { useLanguage } from '../app/parts/use-language.ts';
import { showForm } from '../app/store/edit-form.ts';
import { pendingPageSize } from '../app/store/read-sync.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';

const icons: Record<PendingOperation['why'], ReactNode> = {
  next: <ClockCircleOutlined />,
  held: <PauseCircleOutlined />,
  colleague: <UserOutlined />,
};

const whyText = (t: TFunction, { why, by }: PendingOperation, { link, trouble }: SyncStatus): string => {
  if (why === 'held') return t('why.held');
  if (why === 'colleague') return t('why.colleague', { by });
  if (trouble) return t('why.trouble');
  return t(link === 'offline' ? 'why.line' : 'why.next');
};

interface Group {
  readonly form: string;
  readonly number: string;
  readonly operations: readonly PendingOperation[];
}

/** Main gives those of one form together. */
const byForm = (operations: readonly PendingOperation[]): readonly Group[] =>
  [...new Set(operations.map(({ form }) => form))].map((form) => {
    const own = operations.filter((one) => one.form === form);
    return { form, number: own[0]?.formNumber ?? '', operations: own };
  });

interface PendingListProps {
  readonly pending: PendingPage;
  readonly page: number;
  readonly onPage: (page: number) => void;
  /** By the centre's clock. */
  readonly now: number;
  /** A form was opened from here. */
  readonly onLeave: () => void;
}

/** What the centre does not have yet, form by form: what was done, when, how long it has waited, and what for. */
export const PendingList = ({ pending, page, onPage, now, onLeave }: PendingListProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const sync = useDeskSelector((state) => state.desk.sync);
  const { operations, total, forms } = pending;
  if (total === 0) return <p className="empty quiet">{t('sync.allSent')}</p>;
  const show = (form: string): void => {
    onLeave();
    void dispatch(showForm(form));
  };
  return (
    <>
      <p className="digits" data-testid="pending-total" data-value={total}>
        {t('sync.forms', { count: countText(total, language), forms: countText(forms, language) })}
      </p>
      <ul className="pending" data-testid="pending-list">
        {byForm(operations).map((group) => (
          <li key={group.form}>
            <div className="entry-head">
              <button type="button" className="link digits" onClick={() => show(group.form)}>
                {group.number}
              </button>
              <span className="quiet digits">{t('sync.ofForm', { count: group.operations.length })}</span>
            </div>
            <ol>
              {group.operations.map((one) => (
                <li key={one.id} className="pending-row" data-testid="pending-operation" data-value={one.why}>
                  <strong>{t(`history.${one.kind}`)}</strong>
                  <span className="quiet digits">
                    {momentText(one.madeAt, now, language)} ·{' '}
                    {t('sync.waited', { time: spanText(t, Math.max(0, now - one.madeAt)) })}
                  </span>
                  <span className={one.why === 'held' ? 'pending-held' : 'quiet'}>
                    <span aria-hidden="true">{icons[one.why]}</span> {whyText(t, one, sync)}
                  </span>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
      {total > pendingPageSize && (
        <Pagination
          simple
          size="small"
          align="center"
          current={page}
          pageSize={pendingPageSize}
          total={total}
          onChange={onPage}
        />
      )}
    </>
  );
};
