import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import { listToldOf } from './deadline-notices.ts';
import { seenSummary } from './masked-views.ts';

/** S4: what the one signed in has been told of. */
export const deadlineHandlers = (sessions: Sessions): HandlersOf<'deadline.list'> => ({
  'deadline.list': () => {
    const workplace = sessions.current();
    if (!workplace) return { forms: [], total: 0 };
    const { forms, total } = workplace.cache.database.read((reads) => listToldOf(reads, workplace.author()));
    const sight = workplace.sight();
    return { forms: forms.map((form) => seenSummary(form, sight)), total };
  },
});
