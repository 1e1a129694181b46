import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import { listToldOf } from './deadline-notices.ts';

/** S4: what the one signed in has been told of. */
export const deadlineHandlers = (sessions: Sessions): HandlersOf<'deadline.list'> => ({
  'deadline.list': () => {
    const workplace = sessions.current();
    if (!workplace) return { forms: [], total: 0 };
    return workplace.cache.database.read((reads) => listToldOf(reads, workplace.author()));
  },
});
