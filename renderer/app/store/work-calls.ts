import type { CallView, PhoneCommand } from '../../../contract/phone.ts';
import { channelOfCall } from '../../../domain/access/call-origin.ts';
import type { CallOnForm } from '../../../domain/forms/complaint.ts';
import { mainCall } from '../../desk/call/calls.ts';
import { beginGuideOfCall } from './begin-guide.ts';
import { contactMet, formMade, linkBegun, linkFailed } from './contacts-slice.ts';
import { faultShown } from './desk-slice.ts';
import { openForm, performOnForm, showForm } from './edit-form.ts';
import { showArriving } from './receive-form.ts';
import type { DeskThunk } from './store.ts';

export const commandPhone =
  (command: PhoneCommand): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    try {
      await bridge.request('phone.command', command);
    } catch {
      dispatch(faultShown('call.commandFailed'));
    }
  };

export const sendSeatEvent =
  (event: 'make-ready' | 'pause' | 'wrap-up-over'): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    const answer = await bridge.request('seat.send', { event });
    if (!answer.ok) dispatch(faultShown('seat.notSent'));
  };

/** F8: to break from ready, to ready from anywhere else that allows it. */
export const toggleReady = (): DeskThunk => async (dispatch, getState) => {
  const phase = getState().desk.seat?.phase;
  if (phase === 'ready') await dispatch(sendSeatEvent('pause'));
  if (phase === 'break' || phase === 'wrap-up') await dispatch(sendSeatEvent('make-ready'));
};

/** What a call tells of the complaint made in it. */
export const fieldsOfCall = ({ remote, origin }: CallView) => ({
  contactNumber: remote.slice(0, 40),
  channel: channelOfCall(origin ?? 'trunk'),
});

/** A new complaint; in an inbound call it has the caller's number and belongs to the call. */
export const newForm = (): DeskThunk => async (dispatch, getState) => {
  const call = mainCall(getState().phone.snapshot.calls);
  const answered = call?.direction === 'in' && call.answeredAt !== null ? call : null;
  const made = await dispatch(openForm(answered ? fieldsOfCall(answered) : {}, answered?.contactId ?? null));
  if (!made) dispatch(faultShown('call.formFailed'));
  if (answered) await dispatch(linkForms(answered));
};

/** The first form of the call the agent is in; a new one where there is none yet. */
export const showCallForm = (): DeskThunk => async (dispatch, getState) => {
  const contactId = mainCall(getState().phone.snapshot.calls)?.contactId;
  const form = contactId ? getState().contacts[contactId]?.forms[0] : undefined;
  await dispatch(form ? showForm(form) : newForm());
};

/**
 * A call to 180 was answered here (A2): its complaint is opened at once, and shown unless that
 * would take the focus from an agent who is typing.
 */
const popForm =
  (call: CallView): DeskThunk =>
  async (dispatch, _getState, { isTyping }) => {
    if (!(await dispatch(openForm(fieldsOfCall(call), call.contactId, { show: !isTyping() }))))
      dispatch(faultShown('call.formFailed'));
  };

/** The call as a form keeps it, once the fate of the announcement is known (A3); null before. */
export const callForForm = (call: CallView): CallOnForm | null => {
  if (call.direction !== 'in' || !call.contactId || call.answeredAt === null) return null;
  const { announcement } = call;
  const known = announcement !== null && announcement.outcome !== 'playing' ? announcement : null;
  if (!known && call.phase !== 'ended') return null;
  return {
    contactId: call.contactId,
    caller: call.remote.slice(0, 64),
    service: call.service ?? '',
    language: call.language,
    answeredAt: call.answeredAt,
    announcement:
      known?.outcome === 'failed'
        ? { outcome: 'failed', reason: known.reason.slice(0, 200) }
        : (known ?? { outcome: 'failed', reason: 'call ended first' }),
  };
};

/** Shows a form of the caller's from before; the call in progress belongs to it from now on. */
export const joinForm =
  (call: CallView, form: { readonly id: string; readonly number: string }): DeskThunk =>
  async (dispatch) => {
    await dispatch(showForm(form.id));
    if (!call.contactId || call.answeredAt === null) return;
    dispatch(formMade({ contactId: call.contactId, form: form.id, number: form.number, shown: true }));
    await dispatch(linkForms(call));
  };

/** Links the call with each of its forms that does not carry it yet, each once. */
export const linkForms =
  (call: CallView): DeskThunk =>
  async (dispatch, getState) => {
    const onForm = callForForm(call);
    if (!onForm) return;
    const { contactId } = onForm;
    const contact = getState().contacts[contactId];
    const unlinked = contact?.forms.filter((form) => !contact.linked.includes(form)) ?? [];
    for (const form of unlinked) {
      dispatch(linkBegun({ contactId, form }));
      const answer = await dispatch(performOnForm({ form, kind: 'form.link-call', payload: onForm }));
      if (!answer.ok) dispatch(linkFailed({ contactId, form }));
    }
  };

/** Does what a new snapshot of the calls asks for: forms popped on answer, calls linked. */
export const followCalls =
  (before: readonly CallView[], after: readonly CallView[]): DeskThunk =>
  async (dispatch, getState, { isTyping }) => {
    for (const call of after) {
      const { contactId } = call;
      await dispatch(showArriving(before, call));
      if (call.direction !== 'in' || !contactId || call.answeredAt === null) continue;
      const wasRinging = before.some((one) => one.id === call.id && one.answeredAt === null);
      if (wasRinging && !getState().contacts[contactId]) {
        dispatch(contactMet(contactId));
        if (call.service === '180') {
          await dispatch(popForm(call));
          dispatch(beginGuideOfCall({ ...call, contactId }, !isTyping()));
        }
      }
      // A snapshot may have come while the form was being opened: the latest one counts.
      const latest = getState().phone.snapshot.calls.find((one) => one.id === call.id) ?? call;
      await dispatch(linkForms(latest));
    }
  };
