import { WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../../contract/ipc.ts';
import type { Origin } from '../../../../domain/forms/origin.ts';
import { VoicePlayer } from '../player/voice-player.tsx';
import { TranscriptField } from './transcript-field.tsx';

interface VoiceSourceProps {
  readonly view: FormView;
  readonly origin: Extract<Origin, { via: 'voice-message' }>;
}

/** A voice message (A7): the player, and beside it the words the clerk makes of it. */
export const VoiceSource = ({ view, origin }: VoiceSourceProps) => {
  const { t } = useTranslation();
  return (
    <div className="voice-source">
      {!origin.ending.complete && (
        <p
          className="call-note note-warn"
          role="status"
          data-testid="message-incomplete"
          data-value={origin.ending.reason}
        >
          <WarningOutlined aria-hidden="true" /> {t(`incomplete.${origin.ending.reason}`)}
        </p>
      )}
      {origin.recording.length > 0 ? (
        <VoicePlayer segments={origin.recording.map(({ sha256 }) => sha256)} />
      ) : (
        <p className="call-note">{t('player.nothing')}</p>
      )}
      <TranscriptField view={view} />
    </div>
  );
};
