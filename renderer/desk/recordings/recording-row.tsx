import { CustomerServiceOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockTime, momentText, sizeText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import type { ListedRecording } from '../../app/store/listen-to-recordings.ts';
import { useDeskSelector } from '../../app/store/store.ts';
import { placeOf } from './place-of.ts';
import { TalkPlayer } from './talk-player.tsx';

interface RecordingRowProps {
  readonly recording: ListedRecording;
  readonly open: boolean;
  readonly hasKeys: boolean;
  readonly onToggle: () => void;
  readonly onFetched: () => void;
}

/** A recorded talk in the list: when, with whom, how long, and where its sound is. */
export const RecordingRow = ({ recording, open, hasKeys, onToggle, onFetched }: RecordingRowProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(false);
  const online = useDeskSelector((state) => state.desk.sync.link !== 'offline');
  const place = placeOf(recording, online);
  const at = momentText(recording.prunedAt ?? recording.startedAt, now, language);
  const mayOpen = place === 'here' || place === 'remote';
  return (
    <li data-testid="recording" data-value={place}>
      <span className="entry-head">
        {t('recordings.line', {
          at: momentText(recording.startedAt, now, language),
          seat: recording.seat,
          length: clockTime(recording.ms),
        })}
      </span>
      <span className="entry-line" data-testid="recording-place">
        {t(`recordings.state.${place}`, { at, size: sizeText(recording.size ?? 0) })}
      </span>
      {!recording.complete && (
        <span className="entry-line note-warn" data-testid="recording-incomplete">
          <WarningOutlined aria-hidden="true" /> {t('recordings.incomplete')}
        </span>
      )}
      {(mayOpen || open) && (
        <Button
          size="small"
          icon={<CustomerServiceOutlined />}
          aria-expanded={open}
          onClick={onToggle}
          data-testid="recording-listen"
        >
          {t(open ? 'recordings.close' : 'recordings.listen')}
        </Button>
      )}
      {open && <TalkPlayer recording={recording} hasKeys={hasKeys} onFetched={onFetched} />}
    </li>
  );
};
