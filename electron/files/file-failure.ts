import type { FetchFailure } from './file-fetcher.ts';

/** What a window is told of a file that could not be brought here. */
export const fileFailureOf = ({ code }: FetchFailure): 'not-found' | 'damaged' | 'disk-full' | 'unreachable' => {
  switch (code) {
    case 'not-found':
    case 'damaged':
    case 'disk-full':
      return code;
    default:
      return 'unreachable';
  }
};
