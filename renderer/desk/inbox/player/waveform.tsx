import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { useDeskSelector } from '../../../app/store/store.ts';
import type { LoadedMessage } from './use-message.ts';

const heightPx = 64;

/** The message as a picture of its loudness; a click or a drag goes there. */
export const Waveform = ({ audio, message }: { readonly audio: HTMLAudioElement; readonly message: LoadedMessage }) => {
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
      peaks: [message.peaks],
      duration: message.seconds,
      height: heightPx,
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
  }, [audio, message, theme]);
  return <div ref={place} className="waveform" aria-hidden="true" />;
};
