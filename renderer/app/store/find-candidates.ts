import type { LikelyForm } from '../../../contract/ipc.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { DeskThunk } from './store.ts';

/** A suggestion that another may be merged into; `score` as in `LikelyForm`, null: found by its words. */
export interface Candidate extends Pick<LikelyForm, 'id' | 'number' | 'excerpt'> {
  readonly score: number | null;
}

const found = 20;

/** D1: those like the form, or with nothing left out of what is searched for, itself and what is merged left out. */
export const findCandidates =
  (form: Form, search: string): DeskThunk<Promise<readonly Candidate[]>> =>
  async (_dispatch, _getState, { bridge }) => {
    if (search.trim() === '') {
      return bridge.request('form.likely', { kind: form.kind, text: form.fields.text, except: form.id });
    }
    const answer = await bridge.request('form.list', {
      search,
      status: 'submitted',
      ...{ inbox: null, desk: null, part: null },
      limit: found,
      offset: 0,
    });
    return answer.forms
      .filter(({ id, kind, stage }) => kind === form.kind && id !== form.id && stage !== 'merged')
      .map(({ id, number, excerpt }) => ({ id, number, excerpt, score: null }));
  };
