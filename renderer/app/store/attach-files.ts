import type { Attachment } from '../../../domain/forms/complaint.ts';
import { type Result, refused } from '../../../domain/result.ts';
import { mediaTypeOf, scanKindOf } from '../../desk/scans/scan-kind.ts';
import { readForm } from './edit-form.ts';
import type { FormFailure } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';

/** The contract's limit for one attachment. */
export const maxAttachmentBytes = 20 * 1024 * 1024;

/** Puts a file on the form; main keeps its bytes and writes the operation. */
export const attachFile =
  (form: string, file: File): DeskThunk<Promise<Result<Attachment, FormFailure>>> =>
  async (dispatch, _getState, { bridge }) => {
    if (file.size > maxAttachmentBytes) return refused({ code: 'too-large' });
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const kind = scanKindOf(bytes);
      const answer = await bridge.request('attachment.add', {
        form,
        name: file.name.slice(-255),
        mediaType: kind ? mediaTypeOf[kind] : file.type.slice(0, 100),
        bytes,
      });
      await dispatch(readForm(form));
      return answer;
    } catch {
      return refused({ code: 'unanswered' });
    }
  };

export const readAttachment =
  (sha256: string): DeskThunk<Promise<Result<Uint8Array, FormFailure>>> =>
  async (_dispatch, _getState, { bridge }) => {
    try {
      return await bridge.request('attachment.read', { sha256 });
    } catch {
      return refused({ code: 'unanswered' });
    }
  };
