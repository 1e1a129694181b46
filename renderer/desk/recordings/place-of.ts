import type { ListedRecording } from '../../app/store/listen-to-recordings.ts';

/** Where the sound of a recording is, as its row says in words. */
export type Place = 'here' | 'remote' | 'not-here' | 'deleted' | 'gone';

export const placeOf = (
  { prunedAt, size, here }: Pick<ListedRecording, 'prunedAt' | 'size' | 'here'>,
  online: boolean,
): Place => {
  if (prunedAt !== null) return 'deleted';
  if (here) return 'here';
  if (size === null) return 'gone';
  return online ? 'remote' : 'not-here';
};
