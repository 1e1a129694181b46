import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '../../../contract/ipc.ts';
import { hotKeys } from '../hot-keys.ts';
import { LinkIcon } from '../parts/link-icon.tsx';
import { countText } from '../parts/span-text.ts';
import { useLanguage } from '../parts/use-language.ts';
import { useDeskSelector } from '../store/store.ts';

const tones: Record<SyncStatus['link'], string> = {
  online: 'fact-good',
  offline: 'fact-bad',
  'catching-up': 'fact-warn',
};
/** How the desk stands with the centre, in words and an icon, and what waits; opens the sync page. */
export const SyncFact = ({ onOpen }: { readonly onOpen: () => void }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const { link, pending, trouble } = useDeskSelector((state) => state.desk.sync);
  const count = countText(pending, language);
  return (
    <Tooltip title={`${t('hotKey.sync')} (${hotKeys.sync.label})`} mouseEnterDelay={0.6}>
      <button
        type="button"
        className="sync-fact"
        onClick={onOpen}
        aria-label={t('sync.open', { link: t(`link.${link}`), count: pending })}
        aria-keyshortcuts={hotKeys.sync.label}
        data-testid="sync-open"
      >
        <span className={`fact ${trouble ? 'fact-bad' : tones[link]}`}>
          <span className="fact-icon" aria-hidden="true">
            <LinkIcon link={link} trouble={trouble} />
          </span>
          <span className="fact-label">{t('bar.link')}</span>
          <span className="fact-value" data-testid="link-state" data-value={link}>
            {t(`link.${link}`)}
          </span>
        </span>
        <span className={pending > 0 ? 'pill pill-warn' : 'pill'} data-testid="pending-count" data-value={pending}>
          {t('bar.pending', { count })}
        </span>
      </button>
    </Tooltip>
  );
};
