import { useEffect, useRef, useState } from 'react';

export const speeds = [1, 1.25, 1.5, 1.75, 2] as const;
export type Speed = (typeof speeds)[number];

export const nextSpeed = (speed: Speed): Speed => speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;

export interface Playback {
  readonly playing: boolean;
  readonly second: number;
  readonly toggle: () => void;
  readonly pause: () => void;
  readonly seekTo: (second: number) => void;
}

/** Plays through `audio`; the voice keeps its pitch at every speed. */
export const usePlayback = (
  audio: HTMLAudioElement,
  settings: {
    readonly speed: Speed;
    readonly speaker: string | null;
    readonly seconds: number;
    /** Asked before it is played again once it has been played to its end. */
    readonly mayPlayAgain?: () => Promise<boolean>;
  },
): Playback => {
  const { speed, speaker, seconds, mayPlayAgain } = settings;
  const [playing, setPlaying] = useState(false);
  const [second, setSecond] = useState(0);
  /** Played to its end, wherever it was led since. */
  const over = useRef(false);
  useEffect(() => {
    const follow = (): void => {
      over.current ||= audio.ended;
      setPlaying(!audio.paused && !audio.ended);
      setSecond(audio.currentTime);
    };
    const events = ['play', 'pause', 'ended', 'timeupdate', 'seeking', 'seeked'] as const;
    for (const event of events) audio.addEventListener(event, follow);
    return () => {
      for (const event of events) audio.removeEventListener(event, follow);
      audio.pause();
    };
  }, [audio]);
  useEffect(() => {
    audio.preservesPitch = true;
    audio.defaultPlaybackRate = speed;
    audio.playbackRate = speed;
  }, [audio, speed]);
  useEffect(() => {
    // A headset that is gone: the system's default plays.
    if (speaker !== null) audio.setSinkId(speaker).catch(() => undefined);
  }, [audio, speaker]);
  const seekTo = (wanted: number): void => {
    audio.currentTime = Math.max(0, Math.min(seconds, wanted));
  };
  const play = async (): Promise<void> => {
    if (over.current && mayPlayAgain && !(await mayPlayAgain())) return;
    over.current = false;
    // Refused only where another press paused it before it began.
    await audio.play().catch(() => undefined);
  };
  return {
    playing,
    second,
    seekTo,
    pause: () => audio.pause(),
    toggle: () => {
      if (!audio.paused) audio.pause();
      else void play();
    },
  };
};
