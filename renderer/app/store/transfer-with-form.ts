import type { CallView } from '../../../contract/phone.ts';
import type { TransferStep } from '../../../contract/transfer.ts';
import { type HandOver, handOverAction } from '../../../domain/forms/procedure/hand-over-action.ts';
import { ok, type Result, refused } from '../../../domain/result.ts';
import type { TransferRole } from '../../../domain/routing/warm-transfer.ts';
import { consultationOf, mainCall } from '../../desk/call/calls.ts';
import { faultShown } from './desk-slice.ts';
import { performOnForm, readForm, saveForm } from './edit-form.ts';
import { type FormFailure, missingShown, savingRefused } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';
import { formSending, transferAsked, transferRefused, transferSettled, transferUnreachable } from './transfer-slice.ts';

interface HandOn extends HandOver {
  readonly to: TransferRole;
  readonly form: string;
}

/**
 * Hands the talk on together with its form (J1, J3, J4, J6, S1): the form goes to the desk named, the centre gets what
 * was written on it and rings a seat of the role. With no call it only goes there; where nobody of the role is on duty,
 * or the centre cannot be reached, it goes to have the user called back. Refused where the form may not go: then
 * the call stays as well.
 */
export const transferWithForm =
  ({ form, ...handOver }: HandOn): DeskThunk<Promise<Result<null, FormFailure>>> =>
  async (dispatch, getState, { bridge }) => {
    await dispatch(saveForm(form));
    const call = talkToHandOn(getState().phone.snapshot.calls);
    if (!call) return dispatch(handFormOver(form, handOver));
    const id = crypto.randomUUID();
    const step = (how: TransferStep): Promise<unknown> => bridge.request('transfer.step', how);
    try {
      dispatch(transferAsked());
      const asked = await bridge.request('transfer.ask', { id, to: handOver.to, contactId: call.contactId, form });
      if (!asked.ok) dispatch(transferUnreachable());
      const nobody = !asked.ok || asked.value.end === 'nobody-on-duty';
      const handed = await dispatch(handFormOver(form, nobody ? { ...handOver, cause: 'call-back-user' } : handOver));
      if (!asked.ok || asked.value.phase !== 'preparing') return handed;
      if (!handed.ok) {
        dispatch(transferRefused());
        await step({ id, step: 'take-back' });
        return handed;
      }
      dispatch(formSending());
      const { sent } = await bridge.request('form.send', { form });
      await step({ id, step: 'begin', formSent: sent });
      return handed;
    } catch {
      dispatch(faultShown('call.commandFailed'));
      return refused({ code: 'unanswered' });
    } finally {
      dispatch(transferSettled());
    }
  };

/** The call in which somebody outside is spoken to, or kept on hold for a colleague's advice. */
export const talkToHandOn = (calls: readonly CallView[]): CallView | null => {
  const call = consultationOf(calls)?.held ?? mainCall(calls);
  return call && call.answeredAt !== null ? call : null;
};

const handFormOver =
  (form: string, handOver: HandOver): DeskThunk<Promise<Result<null, FormFailure>>> =>
  async (dispatch, getState) => {
    if (!getState().editor.views[form]) await dispatch(readForm(form));
    const standing = getState().editor.views[form]?.form;
    if (!standing) return refused({ code: 'not-found' });
    const action = handOverAction(standing, handOver, getState().desk.session?.person.roles ?? []);
    if (!action) return ok(null);
    const done = await dispatch(performOnForm(action));
    if (done.ok) return ok(null);
    dispatch(savingRefused({ form, failure: done.error }));
    if (done.error.code === 'fields-missing') dispatch(missingShown(done.error.fields));
    return done;
  };

/** Joins caller and receiver, or takes the caller back, in the transfer under way. */
export const stepTransfer =
  (step: 'join' | 'take-back'): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const { view } = getState().transfer;
    if (!view || view.phase === 'ended') return;
    const answer = await bridge.request('transfer.step', { id: view.id, step });
    if (!answer.ok) dispatch(faultShown('call.commandFailed'));
  };

/** Q1: the agent is done, and the switch asks the caller. */
export const askRating =
  ({ contactId }: CallView): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    if (contactId === null) return;
    const answer = await bridge.request('rating.ask', { contactId });
    if (!answer.ok) dispatch(faultShown('rating.failed'));
  };
