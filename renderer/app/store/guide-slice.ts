import { createSelector, createSlice, isAnyOf, type PayloadAction } from '@reduxjs/toolkit';
import type { LikelyForm } from '../../../contract/ipc.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { goBack } from '../../../domain/forms/procedure/guide.ts';
import type { FormName, GuideState } from '../../../domain/forms/procedure/guide-state.ts';
import type { FormFailure } from './editor-slice.ts';
import { listChosen } from './inbox-slice.ts';
import { sourceShown } from './source-slice.ts';
import type { DeskState } from './store.ts';

/** The guide through one contact, or through forms with no call. */
export interface GuideTalk {
  readonly state: GuideState;
  /** Null: worked with no call. */
  readonly contactId: string | null;
  /** J1, as the call's hints rank the caller; null: nothing is known. */
  readonly keyAccount: boolean | null;
  /** In the guide's own box. */
  readonly words: string;
  /** Of the caller, from this desk's cache. */
  readonly earlier: readonly Form[];
  /** J2, J3: forms of others with words like these. */
  readonly likely: readonly LikelyForm[];
  /**
   * The answer whose effects are being done, with how many are; one that was refused halfway goes on where it
   * stopped when it is given again.
   */
  readonly underWay: { readonly answer: string; readonly done: number; readonly running: boolean } | null;
  readonly failure: FormFailure | null;
}

interface GuideSliceState {
  /** By contact, or by the form it was begun on. */
  readonly talks: Readonly<Record<string, GuideTalk>>;
  /** The talk whose guide is on the screen, in the place of the list. */
  readonly shown: string | null;
}

const initialState: GuideSliceState = { talks: {}, shown: null };

type OnTalk<More = object> = PayloadAction<{ readonly key: string } & More>;

/** The talk changed, the others as they are; what is said of none that is known is let go. */
const withTalk = (
  state: GuideSliceState,
  key: string,
  change: (talk: GuideTalk) => Partial<GuideTalk>,
): GuideSliceState => {
  const talk = state.talks[key];
  return talk ? { ...state, talks: { ...state.talks, [key]: { ...talk, ...change(talk) } } } : state;
};

/** How far the procedure J has come in each contact; a view beside the forms, which hold what was done. */
export const guideSlice = createSlice({
  name: 'guide',
  initialState,
  reducers: {
    guideBegun: (
      state,
      { payload }: OnTalk<Pick<GuideTalk, 'state' | 'contactId' | 'keyAccount'> & { readonly show: boolean }>,
    ): GuideSliceState => {
      const { key, show, ...begun } = payload;
      const talk = { ...begun, words: '', earlier: [], likely: [], underWay: null, failure: null };
      return { talks: { ...state.talks, [key]: talk }, shown: show ? key : state.shown };
    },
    guideShown: (state, { payload }: PayloadAction<string | null>): GuideSliceState => ({ ...state, shown: payload }),
    guideWordsTyped: (state, { payload }: OnTalk<{ words: string }>) =>
      withTalk(state, payload.key, () => ({ words: payload.words })),
    earlierTaken: (state, { payload }: OnTalk<{ earlier: readonly Form[] }>) =>
      withTalk(state, payload.key, () => ({ earlier: payload.earlier })),
    likelyTaken: (state, { payload }: OnTalk<{ likely: readonly LikelyForm[] }>) =>
      withTalk(state, payload.key, () => ({ likely: payload.likely })),
    answerBegun: (state, { payload }: OnTalk<{ answer: string }>) =>
      withTalk(state, payload.key, ({ underWay }) => ({
        underWay: {
          answer: payload.answer,
          done: underWay?.answer === payload.answer ? underWay.done : 0,
          running: true,
        },
        failure: null,
      })),
    effectDone: (state, { payload }: OnTalk<{ opened: { complaint?: FormName; suggestion?: FormName } }>) =>
      withTalk(state, payload.key, (talk) => ({
        state: { ...talk.state, ...payload.opened },
        underWay: talk.underWay && { ...talk.underWay, done: talk.underWay.done + 1 },
      })),
    answerTaken: (state, { payload }: OnTalk<{ state: GuideState; words: string }>) =>
      withTalk(state, payload.key, () => ({ state: payload.state, words: payload.words, likely: [], underWay: null })),
    answerRefused: (state, { payload }: OnTalk<{ failure: FormFailure }>) =>
      withTalk(state, payload.key, ({ underWay }) => ({
        failure: payload.failure,
        underWay: underWay && { ...underWay, running: false },
      })),
    wentBack: (state, { payload }: OnTalk<{ words: string }>) =>
      withTalk(state, payload.key, (talk) => ({
        state: goBack(talk.state),
        words: payload.words,
        failure: null,
        underWay: null,
      })),
  },
  // What the agent asks to see in its place.
  extraReducers: (builder) =>
    builder.addMatcher(isAnyOf(sourceShown, listChosen), (state): GuideSliceState => ({ ...state, shown: null })),
});

export const {
  guideBegun,
  guideShown,
  guideWordsTyped,
  earlierTaken,
  likelyTaken,
  answerBegun,
  effectDone,
  answerTaken,
  answerRefused,
  wentBack,
} = guideSlice.actions;

/** The talk whose guide is on the screen; one object as long as nothing in it changes. */
export const shownTalk = createSelector(
  [({ guide }: DeskState) => guide.shown, ({ guide }: DeskState) => guide.talks],
  (key, talks): { readonly key: string; readonly talk: GuideTalk } | null => {
    const talk = key === null ? undefined : talks[key];
    return key !== null && talk ? { key, talk } : null;
  },
);
