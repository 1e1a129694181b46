import type { SameKeys } from './words.ts';
import type { zhRecordings } from './zh-recordings.ts';

/** The words of recorded talks in English. */
export const enRecordings: SameKeys<typeof zhRecordings> = {
  recordings: {
    title: 'Recordings of the calls',
    reading: 'Asking for the recordings…',
    none: 'No call of this form was recorded',
    old: 'The server cannot be reached; this is what it told last',
    again: 'Ask again',
    line: '{{at}} · staff number {{seat}} · {{length}}',
    channels: 'Above the caller, below the agent',
    listen: 'Listen',
    close: 'Close',
    state: {
      here: 'On this desk',
      remote: 'At the server, {{size}}',
      'not-here': 'Not on this desk, and the server cannot be reached',
      deleted: 'Deleted for its age on {{at}}',
      gone: 'The server does not have this sound',
      fetching: 'Fetching, {{percent}}%',
    },
    incomplete: 'Incomplete: it breaks off before the call ended',
    fault: {
      'not-signed-in': 'The session has ended; sign in again.',
      'not-found': 'The server does not have this recording.',
      unreachable:
        'It has not come whole, and the server cannot be reached now. What came stays; the rest is fetched when it can be.',
      'too-large': 'The recording is too large for this desk.',
      'disk-full': 'The disk of this desk is full and cannot take the recording; make room first.',
      damaged:
        'What came is not this recording (its checksum differs) and was thrown away. Try again; if it stays so, tell the administrator of the server.',
      'not-allowed': 'You do not have the right to listen to recordings.',
      'not-audited':
        'This playing cannot be put on record now, so it must not be played. Listen when the server can be reached.',
      deleted: 'This recording was deleted for its age.',
      'not-sound': 'The file of the recording is damaged and cannot be played.',
      unanswered: 'No answer; try again.',
    },
  },
};
