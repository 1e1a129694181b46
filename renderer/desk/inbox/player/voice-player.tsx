import { LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SoundPlayer } from './sound-player.tsx';
import { useMessage } from './use-message.ts';

/** A voice message (A7): fetched, its segments joined, played. */
export const VoicePlayer = ({ segments }: { readonly segments: readonly string[] }) => {
  const { t } = useTranslation();
  const [attempt, setAttempt] = useState(0);
  const loading = useMessage(segments, attempt);
  switch (loading.phase) {
    case 'fetching':
      return (
        <p className="player player-note quiet" role="status" data-testid="player" data-value="fetching">
          <LoadingOutlined aria-hidden="true" />{' '}
          {t('player.fetching', { segment: loading.segment + 1, count: segments.length })}
        </p>
      );
    case 'failed':
      return (
        <div className="player player-note" role="alert" data-testid="player" data-value={loading.fault}>
          <p className="call-note note-bad">
            <WarningOutlined aria-hidden="true" /> {t(`playerFault.${faultWord(loading.fault)}`)}
          </p>
          <Button onClick={() => setAttempt(attempt + 1)}>{t('player.again')}</Button>
        </div>
      );
    case 'loaded':
      return <SoundPlayer key={loading.sound.url} sound={loading.sound} title={t('player.title')} hasKeys />;
    default:
      return loading satisfies never;
  }
};

const faultWords = ['not-sound', 'different-rates', 'unreachable', 'damaged', 'not-found'] as const;
const faultWord = (code: string): (typeof faultWords)[number] => faultWords.find((one) => one === code) ?? 'not-found';
