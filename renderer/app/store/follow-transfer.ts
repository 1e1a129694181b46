import { liveCalls } from '../../desk/call/calls.ts';
import type { DeskThunk } from './store.ts';
import { commandPhone } from './work-calls.ts';

/** What a transfer asks of the telephone: a giver who had the caller on hold speaks again; who is joined is announced to. */
export const followTransfer = (): DeskThunk => async (dispatch, getState) => {
  const { view } = getState().transfer;
  const me = getState().desk.session?.person.staffNumber;
  if (!view || !me) return;
  const call = liveCalls(getState().phone.snapshot.calls).find((one) => one.contactId === view.contactId);
  if (view.phase === 'consulting' && view.giver === me && call?.phase === 'held')
    await dispatch(commandPhone({ type: 'resume', call: call.id }));
  const joined = view.end === 'joined' && view.receiver === me;
  if (joined && call?.phase === 'talking' && call.giver !== null && call.announcement === null)
    await dispatch(commandPhone({ type: 'announce', call: call.id }));
};
