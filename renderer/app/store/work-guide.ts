import { answersAt, mayGoBack, takeAnswer } from '../../../domain/forms/procedure/guide.ts';
import { answerId, type GuideAnswer } from '../../../domain/forms/procedure/guide-answers.ts';
import { type Result, refused } from '../../../domain/result.ts';
import { prefillBox, serverNow } from './begin-guide.ts';
import { carryOut, type Opened } from './carry-out-guide.ts';
import { showForm } from './edit-form.ts';
import { type FormFailure, missingShown } from './editor-slice.ts';
import { formAsked, guideFacts } from './guide-facts.ts';
import {
  answerBegun,
  answerRefused,
  answerTaken,
  effectDone,
  type GuideTalk,
  shownTalk,
  wentBack,
} from './guide-slice.ts';
import { readCallerRecords } from './read-guide-records.ts';
import type { DeskThunk } from './store.ts';

/** Gives the answer with this key, from 1; does what follows from it, and asks the next question. */
export const answerGuide =
  (nth: number): DeskThunk =>
  async (dispatch, getState) => {
    const shown = shownTalk(getState());
    if (!shown || shown.talk.underWay?.running) return;
    const { key, talk } = shown;
    const given = answersAt(talk.state, guideFacts(getState(), talk, serverNow(getState())))[nth - 1];
    if (!given) return;
    if (given.hindrance) {
      await dispatch(showHindrance(talk, given));
      return;
    }
    dispatch(answerBegun({ key, answer: answerId(given) }));
    if (!(await dispatch(doEffects(key, given)))) return;
    const now = getState().guide.talks[key];
    if (!now) return;
    const state = takeAnswer(now.state, given);
    dispatch(answerTaken({ key, state, words: '' }));
    dispatch(prefillBox(key));
    void dispatch(readCallerRecords(key));
  };

/** Main did not answer at all: told like any other refusal, so that the key can be pressed again. */
const unanswered = (): Result<Opened, FormFailure> => refused({ code: 'unanswered' });

/** Resumes behind what was done before a refusal; tells whether all is done. */
const doEffects =
  (key: string, given: GuideAnswer): DeskThunk<Promise<boolean>> =>
  async (dispatch, getState) => {
    const done = getState().guide.talks[key]?.underWay?.done ?? 0;
    for (const effect of given.effects.slice(done)) {
      const answer = await dispatch(carryOut(key, given.choose, effect)).catch(unanswered);
      if (!answer.ok) {
        dispatch(answerRefused({ key, failure: answer.error }));
        return false;
      }
      dispatch(effectDone({ key, opened: answer.value }));
    }
    return true;
  };

/** What is missing gets the focus, so that it can be written at once. */
const showHindrance =
  (talk: GuideTalk, { hindrance }: GuideAnswer): DeskThunk =>
  async (dispatch, getState) => {
    if (hindrance?.why !== 'fields-missing') return;
    const form = formAsked(talk)?.id;
    if (form && getState().editor.openForm !== form) await dispatch(showForm(form));
    dispatch(missingShown(hindrance.fields));
  };

/** One question back, unless something has left the desk with the last answer, or with the half of this one. */
export const backInGuide = (): DeskThunk<void> => (dispatch, getState) => {
  const shown = shownTalk(getState());
  if (!shown || !mayGoBackNow(shown.talk)) return;
  dispatch(wentBack({ key: shown.key, words: '' }));
  dispatch(prefillBox(shown.key));
};

/** As `mayGoBack`, and nothing of an answer under way has been done. */
export const mayGoBackNow = ({ state, underWay }: GuideTalk): boolean =>
  mayGoBack(state) && (underWay === null || underWay.done === 0) && !underWay?.running;
