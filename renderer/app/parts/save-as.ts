import type { Attachment } from '../../../domain/forms/complaint.ts';

/** How long the system may take to ask where to. */
const keptMs = 60_000;

/** Hands the bytes of a file to the system to be saved under the file's name. */
export const saveAs = (file: Pick<Attachment, 'name' | 'mediaType'>, bytes: Uint8Array): void => {
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: file.mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
};
