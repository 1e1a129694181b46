import { useEffect, useState } from 'react';
import { type ListenFailure, playRecording } from '../../app/store/listen-to-recordings.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { peakCount, type Sound } from '../inbox/player/sound.ts';
import { peaksOf, readChannels, secondsOf } from '../inbox/player/wave.ts';

export type TalkState =
  | { readonly phase: 'fetching' }
  | { readonly phase: 'failed'; readonly fault: ListenFailure | 'not-sound' }
  | { readonly phase: 'loaded'; readonly sound: Sound };

const soundOf = (bytes: Uint8Array): TalkState => {
  const channels = readChannels(bytes);
  const [first] = channels.ok ? channels.value : [];
  if (!channels.ok || !first) return { phase: 'failed', fault: 'not-sound' };
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'audio/wav' }));
  const peaks = channels.value.map((wave) => peaksOf(wave, peakCount));
  return { phase: 'loaded', sound: { url, seconds: secondsOf(first), peaks, begins: [0] } };
};

/** A recording to be heard: brought here and put on record; again at each new `attempt`. */
export const useTalk = (recording: string, attempt: number): TalkState => {
  const dispatch = useDeskDispatch();
  const [state, setState] = useState<TalkState>({ phase: 'fetching' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt fetches the same recording again
  useEffect(() => {
    let wanted = true;
    let url = '';
    setState({ phase: 'fetching' });
    void dispatch(playRecording(recording)).then((played) => {
      if (!wanted) return;
      const loaded: TalkState = played.ok ? soundOf(played.value) : { phase: 'failed', fault: played.error.code };
      if (loaded.phase === 'loaded') url = loaded.sound.url;
      setState(loaded);
    });
    return () => {
      wanted = false;
      URL.revokeObjectURL(url);
    };
  }, [recording, attempt, dispatch]);
  return state;
};
