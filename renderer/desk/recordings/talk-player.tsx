import { LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListedRecording, playRecording } from '../../app/store/listen-to-recordings.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { SoundPlayer } from '../inbox/player/sound-player.tsx';
import { useTalk } from './use-talk.ts';

interface TalkPlayerProps {
  readonly recording: ListedRecording;
  /** No other player of the screen has the keys. */
  readonly hasKeys: boolean;
  /** It was not on this desk, and now is. */
  readonly onFetched: () => void;
}

/** A recorded talk (A3): fetched, put on record as heard, played on both channels. */
export const TalkPlayer = ({ recording, hasKeys, onFetched }: TalkPlayerProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [attempt, setAttempt] = useState(0);
  const [refusedAgain, setRefusedAgain] = useState(false);
  const talk = useTalk(recording.id, attempt);
  const come = useDeskSelector((state) => state.files.onTheirWay[recording.sha256] ?? 0);
  const hasCome = talk.phase === 'loaded' && !recording.here;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it has come
  useEffect(() => {
    if (hasCome) onFetched();
  }, [hasCome]);
  switch (talk.phase) {
    case 'fetching':
      return (
        <p className="player player-note quiet" role="status" data-testid="talk-player" data-value="fetching">
          <LoadingOutlined aria-hidden="true" />{' '}
          {t('recordings.state.fetching', { percent: recording.here ? 100 : Math.floor(come * 100) })}
        </p>
      );
    case 'failed':
      return (
        <div className="player player-note" role="alert" data-testid="talk-player" data-value={talk.fault}>
          <p className="call-note note-bad">
            <WarningOutlined aria-hidden="true" /> {t(`recordings.fault.${talk.fault}`)}
          </p>
          <Button onClick={() => setAttempt(attempt + 1)} data-testid="talk-again">
            {t('player.again')}
          </Button>
        </div>
      );
    case 'loaded': {
      const mayPlayAgain = async (): Promise<boolean> => {
        const { ok } = await dispatch(playRecording(recording.id));
        setRefusedAgain(!ok);
        return ok;
      };
      return (
        <div data-testid="talk-player" data-value="loaded">
          {refusedAgain && (
            <p className="call-note note-bad" role="alert">
              <WarningOutlined aria-hidden="true" /> {t('recordings.fault.not-audited')}
            </p>
          )}
          <SoundPlayer
            key={talk.sound.url}
            sound={talk.sound}
            title={t('recordings.title')}
            hasKeys={hasKeys}
            mayPlayAgain={mayPlayAgain}
          />
          {talk.sound.peaks.length > 1 && <p className="quiet caption">{t('recordings.channels')}</p>}
        </div>
      );
    }
    default:
      return talk satisfies never;
  }
};
