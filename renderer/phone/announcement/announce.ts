import type { AnnouncementReport } from '../../../contract/phone.ts';
import type { Result } from '../../../domain/result.ts';
import type { Channel } from '../audio/mixer.ts';

/** Media that are not up by then will not come up: the talk must not wait for them. */
const longestWaitMs = 8000;

export interface AnnounceParts {
  readonly channel: Channel;
  readonly announcement: Promise<Result<AudioBuffer, string>>;
  /** Resolves when sound can reach the caller. */
  readonly mediaUp: Promise<void>;
  readonly began: () => void;
}

/**
 * The staff number for the caller (A3): starts as soon as media flow (earlier, its beginning would be
 * lost) and ends with the microphone open, come what may: better a talk unannounced than none.
 */
export const announce = async ({
  channel,
  announcement,
  mediaUp,
  began,
}: AnnounceParts): Promise<AnnouncementReport> => {
  const ready = await within(Promise.all([announcement, mediaUp]), longestWaitMs);
  if (ready === 'late') return failed(channel, 'no-media');
  const [loaded] = ready;
  if (!loaded.ok) return failed(channel, loaded.error);
  const startedAt = Date.now();
  began();
  await channel.announce(loaded.value);
  return { outcome: 'played', startedAt, endedAt: Date.now() };
};

const failed = (channel: Channel, reason: string): AnnouncementReport => {
  channel.openGate();
  return { outcome: 'failed', reason };
};

const within = <Value>(promise: Promise<Value>, limitMs: number): Promise<Value | 'late'> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), limitMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
