import type { CallView } from '../../../contract/phone.ts';
import { isKept, type TryOutcome } from '../../../domain/forms/callback.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { liveCalls } from '../../desk/call/calls.ts';
import { targetOf } from '../../desk/call/target-input.tsx';
import { callbackDialled, callbackOver, callbackRinging, tryPutAway } from './callback-slice.ts';
import { faultShown } from './desk-slice.ts';
import { performOnForm } from './edit-form.ts';
import type { DeskThunk } from './store.ts';
import { commandPhone } from './work-calls.ts';

/** Why the desk cannot ring the customer now; null: it can. */
export type WhyNotDial = 'kept' | 'not-mine' | 'on-a-call' | 'no-phone' | 'no-number';

export const whyNotDial = (
  form: Form,
  desk: { readonly staffNumber: string; readonly registered: boolean; readonly calls: readonly CallView[] },
): WhyNotDial | null => {
  if (form.origin.via !== 'callback' || !targetOf(form.origin.number)) return 'no-number';
  if (isKept(form)) return 'kept';
  if (form.work.state !== 'claimed' || form.work.by !== desk.staffNumber) return 'not-mine';
  if (liveCalls(desk.calls).length > 0) return 'on-a-call';
  return desk.registered ? null : 'no-phone';
};

/** A9: rings the customer back. A try that still waits for its outcome is booked first. */
export const callBack =
  (form: Form): DeskThunk =>
  async (dispatch, getState) => {
    const { desk, phone } = getState();
    const { calls, registration } = phone.snapshot;
    const staffNumber = desk.session?.person.staffNumber ?? '';
    if (whyNotDial(form, { staffNumber, registered: registration.state === 'registered', calls })) return;
    const number = form.origin.via === 'callback' ? targetOf(form.origin.number) : null;
    if (!number) return;
    await dispatch(bookTry(getState().callback.toBook?.outcome ?? null));
    dispatch(callbackDialled({ form: form.id, number, startedAt: Date.now() + desk.sync.clockOffsetMs }));
    await dispatch(commandPhone({ type: 'dial', target: number, callback: form.id }));
  };

/** What a call that is over says of the customer (A9); null where it never rang there. */
export const outcomeOf = (call: Pick<CallView, 'answeredAt' | 'outcome'>): TryOutcome | null => {
  if (call.answeredAt !== null) return 'reached';
  if (call.outcome === 'busy') return 'busy';
  return call.outcome === 'failed' || call.outcome === 'line-lost' ? null : 'no-answer';
};

/** Follows the call that was dialled for a callback, from its beginning to its end. */
export const followCallback =
  (calls: readonly CallView[]): DeskThunk =>
  async (dispatch, getState) => {
    const before = getState().callback.dialled;
    if (!before) return;
    if (before.call === null) {
      const begun = calls.find((call) => call.direction === 'out' && call.remote === before.number);
      if (begun) dispatch(callbackRinging(begun.id));
    }
    const { dialled } = getState().callback;
    const call = calls.find((one) => one.id === dialled?.call);
    if (!dialled || call?.phase !== 'ended') return;
    const { form, number, startedAt } = dialled;
    dispatch(callbackOver({ form, number, startedAt, contactId: call.contactId, outcome: outcomeOf(call) }));
  };

/** Books the try that waits for it with this outcome; null where none waits. */
export const bookTry =
  (outcome: TryOutcome | null): DeskThunk =>
  async (dispatch, getState) => {
    const { toBook } = getState().callback;
    if (!toBook || !outcome) return;
    dispatch(tryPutAway());
    const { form, startedAt, contactId } = toBook;
    const answer = await dispatch(
      performOnForm({ form, kind: 'form.try-callback', payload: { outcome, startedAt, contactId } }),
    );
    if (!answer.ok) dispatch(faultShown('callback.notBooked'));
  };

/** The customer rang before we did: that talk is the callback kept. */
export const closeAsRungFirst =
  (form: string, call: { readonly contactId: string; readonly answeredAt: number }): DeskThunk =>
  async (dispatch) => {
    const payload = { outcome: 'reached' as const, startedAt: call.answeredAt, contactId: call.contactId };
    const answer = await dispatch(performOnForm({ form, kind: 'form.try-callback', payload }));
    if (!answer.ok) dispatch(faultShown('callback.notBooked'));
  };
