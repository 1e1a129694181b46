import { AudioMutedOutlined, AudioOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { AnnouncementReport } from '../../../contract/phone.ts';

const looks = {
  playing: { tone: 'note-info', icon: <AudioMutedOutlined aria-hidden="true" /> },
  played: { tone: 'note-good', icon: <AudioOutlined aria-hidden="true" /> },
  failed: { tone: 'note-bad', icon: <WarningOutlined aria-hidden="true" /> },
} as const;

/** A3 on the screen: whether the caller hears, heard, or did not hear the staff number. */
export const AnnouncementLine = ({ report }: { readonly report: AnnouncementReport }) => {
  const { t } = useTranslation();
  const { tone, icon } = looks[report.outcome];
  return (
    <p className={`call-note ${tone}`} role="status" data-testid="call-announcement" data-value={report.outcome}>
      {icon} {t(`announcement.${report.outcome}`)}
    </p>
  );
};
