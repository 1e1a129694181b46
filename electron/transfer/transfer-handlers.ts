import { ok, refused } from '../../domain/result.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import { sendForm } from './send-form.ts';

/** Talks handed on with their form (J1, J3, J4, S1), and callers asked for their satisfaction (Q1). */
export const transferHandlers = (
  sessions: Sessions,
): HandlersOf<'transfer.ask' | 'transfer.step' | 'transfer.read' | 'form.send' | 'rating.ask'> => ({
  'transfer.ask': async (asked) => {
    const workplace = sessions.current();
    return workplace ? workplace.transfers.ask(asked) : refused({ code: 'not-signed-in' });
  },
  'transfer.step': (step) => sessions.current()?.transfers.step(step) ?? refused({ code: 'not-signed-in' }),
  'transfer.read': () => sessions.current()?.transfers.last() ?? null,
  'form.send': async ({ form }) => {
    const workplace = sessions.current();
    return { sent: workplace ? await sendForm(workplace, form) : false };
  },
  'rating.ask': ({ contactId }) => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    return workplace.live.send({ type: 'rating.ask', contactId }) ? ok(undefined) : refused({ code: 'unreachable' });
  },
});
