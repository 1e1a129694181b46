import type { RequestInput } from '../../../contract/ipc.ts';
import { emptyDraft, shownFields } from '../../desk/forms/form-diff.ts';
import { callOfTalk } from './guide-facts.ts';
import { earlierTaken, likelyTaken } from './guide-slice.ts';
import type { DeskState, DeskThunk } from './store.ts';

/** Signs; the contract takes no more. */
const mostCompared = 20_000;

/** Reads the caller's forms by the number of the call, and by number and account on the form being recorded. */
export const readCallerRecords =
  (key: string): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const state = getState();
    const talk = state.guide.talks[key];
    if (!talk) return;
    const view = state.editor.views[talk.state.complaint?.id ?? talk.state.suggestion?.id ?? ''];
    // What is past its recording may be shown masked.
    const fields =
      view?.form.status === 'draft'
        ? shownFields(view.form.fields, state.editor.drafts[view.form.id] ?? emptyDraft)
        : undefined;
    const number = fields?.contactNumber || callOfTalk(state, talk)?.remote || '';
    const account = fields?.account ?? '';
    if (number === '' && account === '') return;
    const earlier = await bridge.request('form.of-caller', {
      number: number.slice(0, 64),
      account: account.slice(0, 40),
    });
    dispatch(earlierTaken({ key, earlier }));
  };

/**
 * J2, J4: what is written, looked for in forms of its kind: a suggestion in the guide's box, a complaint on its form
 * while it is recorded. An answer to other words than stand there by then is let go.
 */
export const readLikely =
  (key: string): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const asked = likelyAsked(getState(), key);
    if (!asked) return;
    const likely = await bridge.request('form.likely', asked);
    if (likelyAsked(getState(), key)?.text === asked.text) dispatch(likelyTaken({ key, likely }));
  };

const likelyAsked = (state: DeskState, key: string): RequestInput<'form.likely'> | null => {
  const talk = state.guide.talks[key];
  const { step, suggestion, complaint } = talk?.state ?? {};
  if (talk && step === 'suggestion')
    return { kind: 'suggestion', text: talk.words.slice(0, mostCompared), except: suggestion?.id ?? null };
  if (step !== 'settle' || !complaint) return null;
  const text = state.editor.drafts[complaint.id]?.typed.text ?? state.editor.views[complaint.id]?.form.fields.text;
  return { kind: 'complaint', text: (text ?? '').slice(0, mostCompared), except: complaint.id };
};
