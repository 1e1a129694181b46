import type { FormView } from '../../../contract/ipc.ts';
import type { FormFailure } from '../../app/store/editor-slice.ts';
import { clashingFields, type Draft, faultyFields } from './form-diff.ts';

export type SaveState = 'saved' | 'pending' | 'saving' | 'conflict' | 'invalid' | 'refused' | 'attention';

/** Where the agent's words are now: the worst news first. */
export const saveStateOf = (view: FormView, draft: Draft, failure: FormFailure | undefined): SaveState => {
  if (clashingFields(view.form.fields, draft).length > 0) return 'conflict';
  if (faultyFields(draft).length > 0) return 'invalid';
  if (draft.sending) return 'saving';
  if (failure && failure.code !== 'fields-changed-meanwhile') return 'refused';
  if (Object.keys(draft.typed).length > 0) return 'saving';
  if (view.attention.length > 0) return 'attention';
  return view.pending > 0 ? 'pending' : 'saved';
};
