import { useState } from 'react';
import type { RequestOutput } from '../../../contract/ipc.ts';

type Answer = RequestOutput<'form.print'>;

/** What became of the last print, PDF or export; `code` where it was refused. */
export type PaperState =
  | { readonly at: 'rest' | 'busy' | 'done' | 'given-up' }
  | { readonly at: 'refused'; readonly code: Extract<Answer, { ok: false }>['error']['code'] };

/** Asks for one paper at a time, and tells what became of it. */
export const usePaper = (): readonly [PaperState, (asks: () => Promise<Answer>) => void] => {
  const [state, setState] = useState<PaperState>({ at: 'rest' });
  const run = async (asks: () => Promise<Answer>): Promise<void> => {
    if (state.at === 'busy') return;
    setState({ at: 'busy' });
    try {
      const answer = await asks();
      setState(answer.ok ? { at: answer.value } : { at: 'refused', code: answer.error.code });
    } catch {
      setState({ at: 'refused', code: 'not-laid-out' });
    }
  };
  return [state, (asks) => void run(asks)];
};
