import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { useDeskSelector } from '../../../app/store/store.ts';
import type { Sound } from './sound.ts';

const heightPx = 64;

/** Sound as a picture of its loudness, a line for each channel; a click or a drag goes there. */
export const Waveform = ({ audio, sound }: { readonly audio: HTMLAudioElement; readonly sound: Sound }) => {
  const place = useRef<HTMLDivElement>(null);
  const theme = useDeskSelector((state) => state.desk.settings?.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a canvas takes its colours when it is drawn
  useEffect(() => {
    if (!place.current) return;
    const colours = getComputedStyle(document.documentElement);
    const surfer = WaveSurfer.create({
      container: place.current,
      media: audio,
      // Given, so that it neither fetches nor decodes.
      peaks: [...sound.peaks],
      duration: sound.seconds,
      height: heightPx / sound.peaks.length,
      ...(sound.peaks.length > 1 ? { splitChannels: sound.peaks.map(() => ({})) } : {}),
      waveColor: colours.getPropertyValue('--line-strong'),
      progressColor: colours.getPropertyValue('--primary'),
      cursorColor: colours.getPropertyValue('--bad'),
      cursorWidth: 2,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      barMinHeight: 1,
      dragToSeek: true,
    });
    return () => surfer.destroy();
  }, [audio, sound, theme]);
  return <div ref={place} className="waveform" aria-hidden="true" />;
};
