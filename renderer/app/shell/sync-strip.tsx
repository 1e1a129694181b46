import { CloudDownloadOutlined, SearchOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../../contract/ipc.ts';
import type { Language } from '../../../domain/access/language.ts';
import { countText, spanText } from '../parts/span-text.ts';
import { useLanguage } from '../parts/use-language.ts';
import { useSettled } from '../parts/use-settled.ts';
import { useDeskSelector } from '../store/store.ts';

/** A line that drops and comes back at once is no news. */
const newsAfterMs = 2_000;

/**
 * Under the bar, where there is something to say: what keeps the cache or the outbox from moving and what to do, how
 * far a first fill is, what a search still misses. Nothing of it blocks work.
 */
export const SyncStrip = ({ onOpen }: { readonly onOpen: () => void }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const sync = useDeskSelector((state) => state.desk.sync);
  const { trouble, fill, unindexed } = sync;
  return (
    <div className="sync-strip">
      {trouble && (
        <p className="sync-line sync-trouble" data-testid="sync-trouble" data-value={trouble}>
          <WarningOutlined aria-hidden="true" />
          <span>{t(`trouble.${trouble}`)}</span>
          <Button size="small" onClick={onOpen}>
            {t('sync.more')}
          </Button>
        </p>
      )}
      {fill && (
        <p className="sync-line" data-testid="sync-fill">
          <CloudDownloadOutlined aria-hidden="true" />
          <progress aria-label={t('fill.title')} max={Math.max(1, fill.total)} value={fill.done} />
          <span className="digits">{fillText(t, language, fill)}</span>
          <span className="quiet">{t('fill.work')}</span>
        </p>
      )}
      {!fill && unindexed > 0 && (
        <p className="sync-line quiet" data-testid="sync-unindexed" data-value={unindexed}>
          <SearchOutlined aria-hidden="true" />
          <span className="digits">{t('unindexed', { count: countText(unindexed, language) })}</span>
        </p>
      )}
      <News sync={sync} />
    </div>
  );
};

const fillText = (t: TFunction, language: Language, fill: NonNullable<SyncStatus['fill']>): string => {
  const far = { done: countText(fill.done, language), total: countText(fill.total, language) };
  return fill.remainingMs === null
    ? t('fill.progress', far)
    : t('fill.left', { ...far, time: spanText(t, fill.remainingMs) });
};

/** What is read aloud: a change of state, and no counting. */
const News = ({ sync }: { readonly sync: SyncStatus }) => {
  const { t } = useTranslation();
  const { link, trouble, fill, attention } = sync;
  const news = [
    t(`link.${link}`),
    ...(trouble ? [t(`trouble.${trouble}`)] : []),
    ...(fill ? [t('fill.begun')] : []),
    ...(attention > 0 ? [t('bar.attentionCount', { count: attention })] : []),
  ].join(' ');
  return (
    <p className="unseen" role="status" data-testid="sync-news">
      {useSettled(news, newsAfterMs)}
    </p>
  );
};
