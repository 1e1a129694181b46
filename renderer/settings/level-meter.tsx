import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const readEveryMs = 80;

/** Loudness of the chosen microphone, live, while it is on the screen. */
export const LevelMeter = ({ device }: { readonly device: string | null }) => {
  const { t } = useTranslation();
  const [level, setLevel] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stopped = false;
    let stop = (): void => {};
    const start = async (): Promise<void> => {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: device ? { deviceId: { exact: device } } : true,
      });
      const audio = new AudioContext();
      const analyser = audio.createAnalyser();
      audio.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      const timer = setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
        // −60 dBFS and below is silence, 0 dBFS the end of the scale.
        const decibels = 10 * Math.log10(power + 1e-10);
        setLevel(Math.round(Math.min(100, Math.max(0, ((decibels + 60) / 60) * 100))));
      }, readEveryMs);
      stop = () => {
        clearInterval(timer);
        for (const track of stream.getTracks()) track.stop();
        void audio.close();
      };
      if (stopped) stop();
    };
    setFailed(false);
    start().catch(() => setFailed(true));
    return () => {
      stopped = true;
      stop();
    };
  }, [device]);
  if (failed) return <p className="field-problem">{t('settings.noMicrophone')}</p>;
  return (
    <meter
      className="meter"
      aria-label={t('settings.level')}
      min={0}
      max={100}
      value={level}
      data-testid="microphone-level"
    />
  );
};
