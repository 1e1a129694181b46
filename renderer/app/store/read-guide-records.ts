import { emptyDraft, shownFields } from '../../desk/forms/form-diff.ts';
import { callOfTalk } from './guide-facts.ts';
import { earlierTaken, likelyTaken } from './guide-slice.ts';
import type { DeskThunk } from './store.ts';

/** Reads the caller's forms by the number of the call, and by number and account on the form being recorded. */
export const readCallerRecords =
  (key: string): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const state = getState();
    const talk = state.guide.talks[key];
    if (!talk) return;
    const view = state.editor.views[talk.state.complaint?.id ?? talk.state.suggestion?.id ?? ''];
    const fields = view && shownFields(view.form.fields, state.editor.drafts[view.form.id] ?? emptyDraft);
    const number = fields?.contactNumber || callOfTalk(state, talk)?.remote || '';
    const account = fields?.account ?? '';
    if (number === '' && account === '') return;
    const earlier = await bridge.request('form.of-caller', {
      number: number.slice(0, 64),
      account: account.slice(0, 40),
    });
    dispatch(earlierTaken({ key, earlier }));
  };

/** J2: what stands in the guide's box, looked for among suggestions; an answer to other words is let go. */
export const readLikely =
  (key: string): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const talk = getState().guide.talks[key];
    if (talk?.state.step !== 'suggestion') return;
    const { words, state } = talk;
    const asked = { kind: 'suggestion', text: words.slice(0, 20_000), except: state.suggestion?.id ?? null } as const;
    const likely = await bridge.request('form.likely', asked);
    if (getState().guide.talks[key]?.words === words) dispatch(likelyTaken({ key, likely }));
  };
