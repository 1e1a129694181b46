import type { DeskBridge } from '../../../contract/ipc.ts';
import { ok, type Result, refused } from '../../../domain/result.ts';

/** Fetches and decodes clips and puts them one after the other; an error tells in a word or two why not. */
export const loadAnnouncement = async (
  bridge: DeskBridge,
  context: AudioContext,
  clips: readonly string[],
): Promise<Result<AudioBuffer, string>> => {
  try {
    const files = await bridge.request('prompt.read', { clips: [...clips] });
    if (!files.ok) return refused(`missing-clip ${files.error.clip}`);
    const parts = await Promise.all(files.value.map((file) => context.decodeAudioData(Uint8Array.from(file).buffer)));
    return ok(joined(context, parts));
  } catch (error) {
    return refused(error instanceof Error ? `unreadable-clip ${error.message}` : 'unreadable-clip');
  }
};

const joined = (context: AudioContext, parts: readonly AudioBuffer[]): AudioBuffer => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new AudioBuffer({ length: Math.max(1, length), sampleRate: context.sampleRate });
  let at = 0;
  for (const part of parts) {
    whole.copyToChannel(part.getChannelData(0), 0, at);
    at += part.length;
  }
  return whole;
};
