import type { HandOverCause } from '../../../domain/forms/procedure/procedure.ts';
import { deskOf } from '../../../domain/forms/procedure/stages.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { performOnForm, readForm } from './edit-form.ts';
import type { FormFailure } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';

/**
 * Puts the caller through together with the form (J1, J3–J6): the form goes to the desk named, unless what was done
 * to it before has brought it there already.
 */
export const transferWithForm =
  (args: {
    readonly to: 'senior' | 'manager';
    readonly form: string;
    readonly cause: HandOverCause;
    readonly text: string;
  }): DeskThunk<Promise<Result<null, FormFailure>>> =>
  async (dispatch, getState) => {
    const { form, ...payload } = args;
    if (!getState().editor.views[form]) await dispatch(readForm(form));
    const standing = getState().editor.views[form]?.form;
    if (standing && deskOf(standing.kind, standing.procedure.stage) === args.to) return ok(null);
    const handed = await dispatch(performOnForm({ form, kind: 'form.hand-over', payload }));
    return handed.ok ? ok(null) : handed;
  };
