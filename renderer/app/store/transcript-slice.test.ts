import { expect, test } from 'vitest';
import {
  transcriptGivenUp,
  transcriptKept,
  transcriptRefused,
  transcriptSaved,
  transcriptSlice,
  transcriptTyped,
} from './transcript-slice.ts';

type Action = Parameters<typeof transcriptSlice.reducer>[1];
const after = (...actions: Action[]) => actions.reduce(transcriptSlice.reducer, transcriptSlice.getInitialState());
const type = (typed: string, standing = '') => transcriptTyped({ form: 'a', typed, standing });
const changed = { code: 'transcript-changed-meanwhile' } as const;

test('A9 what is typed while the words before are being saved goes on from those', () => {
  const state = after(type('宽带'), type('宽带断线'), transcriptSaved({ form: 'a', sent: '宽带' }));
  expect(state.drafts['a']).toEqual({ typed: '宽带断线', seen: '宽带' });
  expect(transcriptSlice.reducer(state, transcriptSaved({ form: 'a', sent: '宽带断线' })).drafts).toEqual({});
});

test('A9 a refused transcript stays typed until the clerk keeps theirs or gives it up', () => {
  const refused = after(type('mine', 'old'), transcriptRefused({ form: 'a', failure: changed }));
  expect(refused.drafts['a']).toEqual({ typed: 'mine', seen: 'old' });
  const kept = transcriptSlice.reducer(refused, transcriptKept({ form: 'a', standing: 'theirs' }));
  expect(kept).toEqual({ drafts: { a: { typed: 'mine', seen: 'theirs' } }, failures: {} });
  expect(transcriptSlice.reducer(refused, transcriptGivenUp('a'))).toEqual({ drafts: {}, failures: {} });
});
