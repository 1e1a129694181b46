import { useEffect, useState } from 'react';
import { readAttachment } from '../../../app/store/attach-files.ts';
import type { FormFailure } from '../../../app/store/editor-slice.ts';
import { type DeskThunk, useDeskDispatch } from '../../../app/store/store.ts';
import { peakCount, type Sound } from './sound.ts';
import { joinWaves, peaksOf, readWave, secondsOf, type Wave, type WaveFault, waveFile } from './wave.ts';

export type MessageState =
  | { readonly phase: 'fetching'; readonly segment: number }
  | { readonly phase: 'failed'; readonly fault: WaveFault['code'] | FormFailure['code'] }
  | { readonly phase: 'loaded'; readonly sound: Sound };

const join = (waves: readonly Wave[]): MessageState => {
  const whole = joinWaves(waves);
  if (!whole.ok) return { phase: 'failed', fault: whole.error.code };
  let second = 0;
  const begins = waves.map((wave) => {
    const begin = second;
    second += secondsOf(wave);
    return begin;
  });
  const url = URL.createObjectURL(new Blob([waveFile(whole.value)], { type: 'audio/wav' }));
  return { phase: 'loaded', sound: { url, seconds: second, peaks: [peaksOf(whole.value, peakCount)], begins } };
};

/** Fetches every segment, from this desk where it has been fetched before, and joins them. */
const loadMessage =
  (segments: readonly string[], onSegment: (segment: number) => void): DeskThunk<Promise<MessageState>> =>
  async (dispatch) => {
    const waves: Wave[] = [];
    for (const [index, sha256] of segments.entries()) {
      onSegment(index);
      const bytes = await dispatch(readAttachment(sha256));
      const wave = bytes.ok ? readWave(bytes.value) : bytes;
      if (!wave.ok) return { phase: 'failed', fault: wave.error.code };
      waves.push(wave.value);
    }
    return join(waves);
  };

/** A voice message by the hashes of its segments; again at each new `attempt`. */
export const useMessage = (segments: readonly string[], attempt: number): MessageState => {
  const dispatch = useDeskDispatch();
  const [state, setState] = useState<MessageState>({ phase: 'fetching', segment: 0 });
  const key = segments.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt fetches the same segments again
  useEffect(() => {
    let wanted = true;
    let url = '';
    const hashes = key.split(',').filter((one) => one !== '');
    setState({ phase: 'fetching', segment: 0 });
    const onSegment = (segment: number): void => {
      if (wanted) setState({ phase: 'fetching', segment });
    };
    void dispatch(loadMessage(hashes, onSegment)).then((loaded) => {
      if (loaded.phase === 'loaded') url = loaded.sound.url;
      if (wanted) setState(loaded);
      else URL.revokeObjectURL(url);
    });
    return () => {
      wanted = false;
      URL.revokeObjectURL(url);
    };
  }, [key, attempt, dispatch]);
  return state;
};
