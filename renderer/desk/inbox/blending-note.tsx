import { PauseCircleOutlined, PhoneOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useDeskSelector } from '../../app/store/store.ts';

/** A10: a clerk is told when calls come because the inbox is quiet, and when they pause because it is full. */
export const BlendingNote = () => {
  const { t } = useTranslation();
  const seat = useDeskSelector((state) => state.desk.seat);
  if (seat?.notice === 'own-queue') {
    return (
      <p className="strip-note note-warn" role="status" data-testid="blending" data-value="paused">
        <PauseCircleOutlined aria-hidden="true" /> {t('blending.paused')}
      </p>
    );
  }
  if (seat?.phase !== 'ready') return null;
  return (
    <p className="strip-note note-good" role="status" data-testid="blending" data-value="taking">
      <PhoneOutlined aria-hidden="true" /> {t('blending.taking')}
    </p>
  );
};
