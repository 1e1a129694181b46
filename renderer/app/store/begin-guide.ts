import type { CallView } from '../../../contract/phone.ts';
import type { FormKind } from '../../../domain/forms/form-kind.ts';
import { beginGuide, guidePages } from '../../../domain/forms/procedure/guide.ts';
import { mayDo } from '../../../domain/people/roles.ts';
import { mainCall } from '../../desk/call/calls.ts';
import { guideFacts } from './guide-facts.ts';
import { guideBegun, guideShown, guideWordsTyped } from './guide-slice.ts';
import { readCallerRecords } from './read-guide-records.ts';
import type { DeskState, DeskThunk } from './store.ts';

/** By the server's clock. */
export const serverNow = ({ desk }: DeskState): number => Date.now() + desk.sync.clockOffsetMs;

/** The guide of a call, at the first question that the records do not answer. */
export const beginGuideOfCall =
  (call: CallView & { readonly contactId: string }, show: boolean): DeskThunk<void> =>
  (dispatch, getState) => {
    const opened = getState().contacts[call.contactId]?.forms[0];
    const form = opened === undefined ? undefined : getState().editor.views[opened]?.form;
    const keyAccount = call.priority === 'key-account';
    dispatch(
      guideBegun({
        ...{ key: call.contactId, contactId: call.contactId, keyAccount, show },
        state: beginGuide({ keyAccount, sends: sends(getState()), form: form ? { ...form, given: false } : null }),
      }),
    );
    void dispatch(readCallerRecords(call.contactId));
  };

const onNoForm = 'no-form';
const guidedKinds: readonly FormKind[] = ['complaint', 'suggestion'];

/** Worked with no call: on the draft that is on the screen, else on nothing yet. */
const beginGuideOfForm = (): DeskThunk<void> => (dispatch, getState) => {
  const { openForm, views } = getState().editor;
  const known = talkOn(getState(), openForm);
  if (known !== undefined) {
    dispatch(guideShown(known));
    return;
  }
  const shown = openForm === null ? undefined : views[openForm]?.form;
  const draft = shown?.status === 'draft' && guidedKinds.includes(shown.kind) ? shown : null;
  const key = draft?.id ?? onNoForm;
  const state = beginGuide({
    keyAccount: null,
    sends: sends(getState()),
    form: draft ? { ...draft, given: true } : null,
  });
  dispatch(guideBegun({ key, contactId: null, keyAccount: null, show: true, state }));
  dispatch(prefillBox(key));
  void dispatch(readCallerRecords(key));
};

/** The talk about a form that still has a question to ask; of no form, the one begun on none. */
const talkOn = ({ guide }: DeskState, form: string | null): string | undefined =>
  Object.entries(guide.talks).find(([key, { state }]) => {
    const { complaint, suggestion, choices } = state;
    const forms = [complaint?.id, suggestion?.id, choices.earlier?.id];
    return state.step !== 'done' && (form === null ? key === onNoForm : forms.includes(form));
  })?.[0];

/** Shows the guide of the call, else of the form on the screen; puts it away where it is shown. */
export const toggleGuide = (): DeskThunk<void> => (dispatch, getState) => {
  if (!mayBeGuided(getState())) return;
  const { guide, phone } = getState();
  if (guide.shown !== null) {
    dispatch(guideShown(null));
    return;
  }
  const call = mainCall(phone.snapshot.calls);
  const contactId = call?.answeredAt === null ? null : (call?.contactId ?? null);
  if (contactId && guide.talks[contactId]) dispatch(guideShown(contactId));
  else if (call && contactId) dispatch(beginGuideOfCall({ ...call, contactId }, true));
  else dispatch(beginGuideOfForm());
};

/** The procedure J is for who may open forms. */
const mayBeGuided = ({ desk }: DeskState): boolean => mayDo(desk.session?.person.roles ?? [], 'form.open');

const sends = ({ desk }: DeskState): boolean => mayDo(desk.session?.person.roles ?? [], 'order.audit');

/** What a question has in its box before anything is written there. */
export const prefillBox =
  (key: string): DeskThunk<void> =>
  (dispatch, getState) => {
    const talk = getState().guide.talks[key];
    if (!talk) return;
    const { prefill } = guidePages[talk.state.step];
    const words = prefill?.(talk.state.choices, guideFacts(getState(), talk, serverNow(getState()))) ?? '';
    dispatch(guideWordsTyped({ key, words }));
  };
