import type { DeskThunk } from './store.ts';

export type DiagnosticsOutcome = 'saved' | 'given-up' | 'not-written';

/** Main asks where to. */
export const saveDiagnostics =
  (checkCache: boolean): DeskThunk<Promise<DiagnosticsOutcome>> =>
  async (_dispatch, _getState, { bridge }) => {
    try {
      const saved = await bridge.request('diagnostics.save', { checkCache });
      return saved.ok ? saved.value : saved.error.code;
    } catch {
      return 'not-written';
    }
  };
