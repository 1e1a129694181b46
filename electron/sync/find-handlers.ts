import { routes } from '../../contract/http.ts';
import type { Change } from '../../contract/sync.ts';
import { ok, refused } from '../../domain/result.ts';
import { isDiskFull } from '../cache/disk-full.ts';
import { deskStoreOf } from '../cache/store/sqlite-desk-store.ts';
import { takeFound } from '../cache/store/take-changes.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import { authorized } from './authorized.ts';

/** Forms too old for this desk to keep are asked of the centre; once here they are worked on like any other. */
export const findHandlers = (sessions: Sessions): HandlersOf<'form.find-at-centre'> => ({
  'form.find-at-centre': async ({ number }) => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    const { api, tokens, cache } = workplace;
    const asked = [{ number }, { contact: number.replaceAll(/[-\s]/g, '') }];
    const changes: Change[] = [];
    for (const query of asked) {
      const found = await authorized(tokens, (accessToken) => api.call(routes.findForms, { query, accessToken }));
      if (!found.ok) return refused({ code: 'unreachable' });
      changes.push(...found.value.changes);
    }
    if (workplace.hasLeft()) return refused({ code: 'not-signed-in' });
    try {
      const taken = cache.database.write((writes) => takeFound(deskStoreOf(writes), changes, workplace.author()));
      taken.forEach(workplace.tellFormChanged);
    } catch (error) {
      if (isDiskFull(error)) return refused({ code: 'disk-full' });
      throw error;
    }
    return ok({ found: new Set(changes.map(({ form }) => form.id)).size });
  },
});
