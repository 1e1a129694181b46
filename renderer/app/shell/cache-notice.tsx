import { Alert } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CacheNotice as Notice } from '../../../contract/ipc.ts';
import { useDeskSelector } from '../store/store.ts';

/** What has become of the agent's data at this log-in, until it is put away; a session told anew says nothing of it. */
export const CacheNotice = () => {
  const { t } = useTranslation();
  const told = useDeskSelector((state) => state.desk.session?.notice);
  const [notice, setNotice] = useState<Notice | undefined>(told);
  if (!notice) return null;
  const movedTo =
    'movedTo' in notice && notice.movedTo !== null ? t('cacheNotice.movedTo', { file: notice.movedTo }) : '';
  return (
    <Alert
      banner
      type="warning"
      title={t(wordsOf(notice), { taken: 0, unreadable: 0, ...notice })}
      description={movedTo || undefined}
      closable={{ onClose: () => setNotice(undefined) }}
      data-testid="cache-notice"
    />
  );
};

/** Which words say it, by its `code` and by how much was lost. */
const wordsOf = (notice: Notice) => {
  switch (notice.code) {
    case 'repaired':
      if (notice.unreadable === 0) return 'cacheNotice.repairedWhole';
      return notice.unreadable === null ? 'cacheNotice.repairedSpare' : 'cacheNotice.repaired';
    case 'taken-in':
      return 'cacheNotice.takenIn';
    case 'key-lost':
      return 'cacheNotice.keyLost';
  }
};
