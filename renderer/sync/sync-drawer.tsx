import { SyncOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentText } from '../app/i18n/format.ts';
import { LinkIcon } from '../app/parts/link-icon.tsx';
import { spanText } from '../app/parts/span-text.ts';
import { useLanguage } from '../app/parts/use-language.ts';
import { useNow } from '../app/parts/use-now.ts';
import { useSettled } from '../app/parts/use-settled.ts';
import { readSync, type SyncPage, syncNow } from '../app/store/read-sync.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';
import { DiagnosticsBox } from './diagnostics-box.tsx';
import { PendingList } from './pending-list.tsx';
import { SyncFacts } from './sync-facts.tsx';

interface SyncDrawerProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAttention: () => void;
}

/** How the desk stands with the centre: what waits to be sent and why, when they last spoke, what is kept here. */
export const SyncDrawer = ({ open, onClose, onAttention }: SyncDrawerProps) => {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} title={t('sync.title')} size={1040} destroyOnHidden>
      <Page onClose={onClose} onAttention={onAttention} />
    </Drawer>
  );
};

/** While operations go out one after another, the page is read this often at most. */
const readAgainMs = 400;

const useSyncPage = (page: number): { readonly read: SyncPage | null; readonly failed: boolean } => {
  const dispatch = useDeskDispatch();
  const sync = useSettled(
    useDeskSelector((state) => state.desk.sync),
    readAgainMs,
  );
  const [read, setRead] = useState<SyncPage | null>(null);
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every word of main about the sync is a reason to read again
  useEffect(() => {
    let asked = true;
    void dispatch(readSync(page)).then((found) => {
      if (!asked) return;
      setFailed(found === null);
      if (found) setRead(found);
    });
    return () => {
      asked = false;
    };
  }, [dispatch, page, sync]);
  return { read, failed };
};

const Page = ({ onClose, onAttention }: Pick<SyncDrawerProps, 'onClose' | 'onAttention'>) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const [page, setPage] = useState(1);
  const { read, failed } = useSyncPage(page);
  const sync = useDeskSelector((state) => state.desk.sync);
  const now = useNow(true, 10_000);
  const serverNow = now + sync.clockOffsetMs;
  const { link, trouble, pendingSince, held, attention } = sync;
  return (
    <div className="sync-page" data-testid="sync-page" data-value={link}>
      <div className="sync-head">
        <strong>
          <LinkIcon link={link} trouble={trouble} /> {t(`link.${link}`)}
        </strong>
        <span className={sync.pending > 0 ? 'pill pill-warn' : 'pill'}>
          {t('bar.pending', { count: sync.pending })}
        </span>
        {attention > 0 && (
          <Button size="small" danger icon={<WarningOutlined />} onClick={onAttention} data-testid="sync-attention">
            {t('bar.attentionCount', { count: attention })}
          </Button>
        )}
        <Button
          type="primary"
          icon={<SyncOutlined />}
          onClick={() => void dispatch(syncNow())}
          data-testid="sync-now"
          className="sync-now"
        >
          {t('sync.now')}
        </Button>
      </div>
      {trouble && <p className="call-note note-bad">{t(`trouble.${trouble}`)}</p>}
      {failed && (
        <p className="call-note note-bad" role="alert">
          {t('sync.failed')}
        </p>
      )}
      <div className="sync-columns">
        <section aria-label={t('sync.waiting')}>
          <h3>{t('sync.waiting')}</h3>
          {pendingSince !== null && (
            <p className="quiet digits">
              {t('sync.pendingSince', {
                at: momentText(pendingSince, serverNow, language),
                time: spanText(t, Math.max(0, serverNow - pendingSince)),
              })}{' '}
              {held > 0 && t('sync.held', { count: held })}
            </p>
          )}
          {read && (
            <PendingList pending={read.pending} page={page} onPage={setPage} now={serverNow} onLeave={onClose} />
          )}
        </section>
        <section aria-label={t('sync.facts')}>
          <h3>{t('sync.facts')}</h3>
          <SyncFacts details={read?.details ?? null} now={now} />
          <DiagnosticsBox />
        </section>
      </div>
    </div>
  );
};
