import { CaretRightOutlined, PauseOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../../../app/i18n/format.ts';
import { KeyButton } from '../../../app/parts/key-button.tsx';
import { useHotKeys } from '../../../app/parts/use-hot-keys.ts';
import { useDeskSelector } from '../../../app/store/store.ts';
import { liveCalls } from '../../call/calls.ts';
import type { Sound } from './sound.ts';
import { nextSpeed, type Speed, usePlayback } from './use-playback.ts';
import { Waveform } from './waveform.tsx';

const backSeconds = 5;
const pageSeconds = 30;

const makeAudio = (url: string): HTMLAudioElement => {
  const audio = new Audio(url);
  audio.preload = 'auto';
  return audio;
};

interface SoundPlayerProps {
  readonly sound: Sound;
  readonly title: string;
  /** The hot keys act on it; of several players on the screen on one at most. */
  readonly hasKeys: boolean;
  /** Asked before it is played again once it has been played to its end. */
  readonly mayPlayAgain?: () => Promise<boolean>;
}

/** Sound in hand, to be played. */
export const SoundPlayer = ({ sound, title, hasKeys, mayPlayAgain }: SoundPlayerProps) => {
  const { t } = useTranslation();
  const [audio] = useState(() => makeAudio(sound.url));
  const [speed, setSpeed] = useState<Speed>(1);
  const speaker = useDeskSelector((state) => state.desk.settings?.speaker ?? null);
  const onCall = useDeskSelector((state) => liveCalls(state.phone.snapshot.calls).length > 0);
  const { seconds, begins } = sound;
  const { playing, second, toggle, pause, seekTo } = usePlayback(audio, {
    speed,
    speaker,
    seconds,
    ...(mayPlayAgain ? { mayPlayAgain } : {}),
  });
  const back = (): void => seekTo(audio.currentTime - backSeconds);
  const faster = (): void => setSpeed(nextSpeed(speed));
  useHotKeys(hasKeys ? { play: toggle, back, faster } : {});
  // A customer on the line comes first; the agent may start it again while they talk.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the coming of a call pauses
  useEffect(() => {
    if (onCall) pause();
  }, [onCall]);
  const seekByKey = (event: KeyboardEvent): void => {
    const to = seekTargets(audio.currentTime, seconds)[event.key];
    if (to === undefined) return;
    event.preventDefault();
    seekTo(to);
  };
  const where = `${clockTime(second * 1_000)} / ${clockTime(seconds * 1_000)}`;
  return (
    <section className="player" aria-label={title} data-testid="player" data-value={playing ? 'playing' : 'paused'}>
      <div
        className="player-wave"
        role="slider"
        tabIndex={0}
        aria-label={t('player.position')}
        aria-valuemin={0}
        aria-valuemax={Math.round(seconds)}
        aria-valuenow={Math.round(second)}
        aria-valuetext={where}
        onKeyDown={seekByKey}
        data-testid="player-position"
        data-value={second.toFixed(2)}
      >
        <Waveform audio={audio} sound={sound} />
        {begins.slice(1).map((begin) => (
          <span key={begin} className="player-seam" style={{ left: `${(100 * begin) / seconds}%` }} />
        ))}
      </div>
      <div className="player-tools">
        <KeyButton
          hotKey={hasKeys ? 'play' : null}
          testId="player-play"
          type="primary"
          icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
          onClick={toggle}
        >
          {t(playing ? 'player.pause' : 'player.play')}
        </KeyButton>
        <KeyButton hotKey={hasKeys ? 'back' : null} testId="player-back" icon={<UndoOutlined />} onClick={back}>
          {t('player.back')}
        </KeyButton>
        <KeyButton hotKey={hasKeys ? 'faster' : null} testId="player-speed" onClick={faster}>
          <span className="digits player-speed" data-testid="player-speed-value" data-value={speed}>
            {speed}×
          </span>
        </KeyButton>
        <time className="digits player-time" data-testid="player-time">
          {where}
        </time>
      </div>
      {begins.length > 1 && (
        <div className="player-segments">
          <span className="caption">{t('player.segments')}</span>
          {begins.map((begin, index) => (
            <Button key={begin} size="small" className="digits" onClick={() => seekTo(begin)}>
              {t('player.segment', { segment: index + 1, at: clockTime(begin * 1_000) })}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
};

const seekTargets = (now: number, seconds: number): Readonly<Record<string, number>> => ({
  ArrowLeft: now - backSeconds,
  ArrowRight: now + backSeconds,
  PageDown: now - pageSeconds,
  PageUp: now + pageSeconds,
  Home: 0,
  End: seconds,
});
