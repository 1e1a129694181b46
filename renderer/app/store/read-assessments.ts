import type { AssessmentRow } from '../../../contract/ipc.ts';
import type { DeskThunk } from './store.ts';

/** S2: what was found in a month, `2026-11`, as far as the one signed in may see it. */
export const readAssessments =
  (month: string): DeskThunk<Promise<readonly AssessmentRow[]>> =>
  (_dispatch, _getState, { bridge }) =>
    bridge.request('assessment.list', { month });
