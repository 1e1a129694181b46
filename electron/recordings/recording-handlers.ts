import { refused } from '../../domain/result.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';

/** A3: listening to the talks of a form at the desk. */
export const recordingHandlers = (sessions: Sessions): HandlersOf<'recording.list' | 'recording.play'> => ({
  'recording.list': async ({ form }) =>
    (await sessions.current()?.recordings.list(form)) ?? refused({ code: 'not-signed-in' }),
  'recording.play': async ({ recording }) =>
    (await sessions.current()?.recordings.play(recording)) ?? refused({ code: 'not-signed-in' }),
});
