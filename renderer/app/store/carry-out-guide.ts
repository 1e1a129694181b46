import { type ComplaintField, type ComplaintFields, complaintFieldNames } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { FormName, GuideChoices, GuidedForm, GuideEffect } from '../../../domain/forms/procedure/guide-state.ts';
import { ok, type Result, refused } from '../../../domain/result.ts';
import { openForm, performOnForm, readForm, saveForm, showForm } from './edit-form.ts';
import { type FormFailure, fieldTyped } from './editor-slice.ts';
import { callOfTalk, guideFacts } from './guide-facts.ts';
import type { DeskThunk } from './store.ts';
import { transferWithForm } from './transfer-with-form.ts';
import { fieldsOfCall, joinForm, linkForms } from './work-calls.ts';

/** Forms that an effect has opened for the talk. */
export type Opened = Partial<Record<'complaint' | 'suggestion', FormName>>;
type Done = DeskThunk<Promise<Result<Opened, FormFailure>>>;

/** Does one thing that follows from an answer; `choose` is what the answer itself says of forms. */
export const carryOut =
  (key: string, choose: Partial<GuideChoices>, effect: GuideEffect): Done =>
  async (dispatch, getState) => {
    const named = (on: GuidedForm): string => {
      const { state } = getState().guide.talks[key] ?? {};
      const choices = { ...state?.choices, ...choose };
      return (on === 'earlier' || on === 'known' ? choices[on] : state?.[on])?.id ?? '';
    };
    switch (effect.does) {
      case 'open':
        return dispatch(openForTalk(key, effect.kind));
      case 'show':
        return dispatch(showEarlier(key, effect.form));
      case 'fill':
        return dispatch(fill(named(effect.on), effect.fields));
      case 'perform':
        return dispatch(performSaved({ ...effect.action, form: named(effect.on) }));
      case 'order': {
        const payload = { ...effect.order, order: crypto.randomUUID() };
        return dispatch(performSaved({ form: named(effect.on), kind: 'form.order', payload }));
      }
      case 'link': {
        const choices = getState().guide.talks[key]?.state.choices;
        const complaint = named(choices?.earlier ? 'earlier' : 'complaint');
        return dispatch(linkBoth(complaint, named(choices?.known ? 'known' : 'suggestion')));
      }
      case 'transfer': {
        const form = named(effect.on);
        await dispatch(saveForm(form));
        const { to, cause, text } = effect;
        const answer = await dispatch(transferWithForm({ to, form, cause, text }));
        return answer.ok ? ok({}) : answer;
      }
      default:
        return effect satisfies never;
    }
  };

/** The form of this kind that the talk is recording already, else a new one, shown. */
const openForTalk =
  (key: string, kind: 'complaint' | 'suggestion'): Done =>
  async (dispatch, getState) => {
    const talk = getState().guide.talks[key];
    if (!talk) return ok({});
    const isDraft = (id: string | undefined): boolean => {
      const form = getState().editor.views[id ?? '']?.form;
      return form?.kind === kind && form.status === 'draft';
    };
    const ofContact = talk.contactId ? (getState().contacts[talk.contactId]?.forms ?? []) : [];
    const known = [talk.state[kind]?.id, ...ofContact].find(isDraft);
    if (known !== undefined) {
      await dispatch(showForm(known));
      return ok({ [kind]: nameIn(getState().editor.views[known]?.form) });
    }
    const call = callOfTalk(getState(), talk);
    const { caller } = guideFacts(getState(), talk, 0);
    const told = { callerName: caller.name, contactNumber: caller.number };
    const made = await dispatch(openForm({ ...(call ? fieldsOfCall(call) : {}), ...told }, talk.contactId, { kind }));
    if (!made) return refused({ code: 'unanswered' });
    if (call) await dispatch(linkForms(call));
    return ok({ [kind]: nameIn(made) });
  };

const nameIn = (form: Form | undefined): FormName | undefined => form && { id: form.id, number: form.number };

/** A form of before, with the call on it from now on. */
const showEarlier =
  (key: string, form: string): Done =>
  async (dispatch, getState) => {
    await dispatch(showForm(form));
    const state = getState();
    const talk = state.guide.talks[key];
    const shown = state.editor.views[form]?.form;
    const call = talk && callOfTalk(state, talk);
    if (call && shown) await dispatch(joinForm(call, shown));
    return shown ? ok({}) : refused({ code: 'no-such-form' });
  };

/** Writes fields as if they were typed, and waits until they are saved. */
const fill =
  (form: string, fields: Partial<ComplaintFields>): Done =>
  async (dispatch, getState) => {
    const write = <Field extends ComplaintField>(field: Field): void => {
      const value = fields[field];
      if (value !== undefined) dispatch(fieldTyped({ form, field, value }));
    };
    for (const field of complaintFieldNames) write(field);
    await dispatch(saveForm(form));
    const failure = getState().editor.failures[form];
    return failure ? refused(failure) : ok({});
  };

/** What is typed on the form goes before what is done to it. */
const performSaved =
  (action: Parameters<typeof performOnForm>[0]): Done =>
  async (dispatch) => {
    await dispatch(saveForm(action.form));
    const answer = await dispatch(performOnForm(action));
    return answer.ok ? ok({}) : answer;
  };

/** J1: each form names the other. */
const linkBoth =
  (complaint: string, suggestion: string): Done =>
  async (dispatch, getState) => {
    for (const [form, other] of [
      [complaint, suggestion],
      [suggestion, complaint],
    ] as const) {
      if (!getState().editor.views[other]) await dispatch(readForm(other));
      const number = getState().editor.views[other]?.form.number;
      if (number === undefined) return refused({ code: 'no-such-form' });
      const linked = await dispatch(performOnForm({ form, kind: 'form.link', payload: { form: other, number } }));
      if (!linked.ok) return linked;
    }
    return ok({});
  };
