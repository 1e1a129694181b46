import type { RecordingFailure, RequestOutput } from '../../../contract/ipc.ts';
import { type Result, refused } from '../../../domain/result.ts';
import type { DeskThunk } from './store.ts';

export type ListenFailure = RecordingFailure['code'] | 'unanswered';
type Listed = Extract<RequestOutput<'recording.list'>, { ok: true }>['value'];
export type ListedRecording = Listed['recordings'][number];

/** The recorded talks of a form. */
export const listRecordings =
  (form: string): DeskThunk<Promise<Result<Listed, { readonly code: ListenFailure }>>> =>
  async (_dispatch, _getState, { bridge }) => {
    try {
      return await bridge.request('recording.list', { form });
    } catch {
      return refused({ code: 'unanswered' });
    }
  };

/** One playing of a recording: on record before its bytes are here. */
export const playRecording =
  (recording: string): DeskThunk<Promise<Result<Uint8Array, { readonly code: ListenFailure }>>> =>
  async (_dispatch, _getState, { bridge }) => {
    try {
      return await bridge.request('recording.play', { recording });
    } catch {
      return refused({ code: 'unanswered' });
    }
  };
