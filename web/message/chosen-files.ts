import { webMessageLimits } from '../../domain/intake/web-message.ts';
import { element, make } from '../elements.ts';
import { onLanguageChanged, say } from '../words.ts';

/** The files to go with a message, shown as a list that they can be taken out of. */
export interface ChosenFiles {
  readonly all: () => readonly File[];
  readonly clear: () => void;
}

export const wireFiles = (parts: {
  readonly onChanged: () => void;
  readonly onProblem: (text: string) => void;
}): ChosenFiles => {
  const input = element('files', HTMLInputElement);
  const list = element('file-list', HTMLUListElement);
  let files: readonly File[] = [];

  const set = (next: readonly File[]): void => {
    files = next;
    show();
    parts.onChanged();
  };
  const show = (): void => {
    list.replaceChildren(
      ...files.map((file) => {
        const item = make('li', '');
        const label = make('span', file.name);
        const remove = make('button', '×', { type: 'button', 'aria-label': say('removeFile', { name: file.name }) });
        remove.addEventListener('click', () => {
          set(files.filter((one) => one !== file));
          input.focus();
        });
        item.append(label, make('small', megabytes(file.size)), remove);
        return item;
      }),
    );
  };

  input.addEventListener('change', () => {
    const wanted = [...files, ...(input.files ?? [])];
    // The same file may be chosen again after it was taken out.
    input.value = '';
    const problem = problemOf(wanted);
    parts.onProblem(problem ?? '');
    if (problem === undefined) set(wanted);
  });
  onLanguageChanged(show);
  return { all: () => files, clear: () => set([]) };
};

const problemOf = (files: readonly File[]): string | undefined => {
  const { files: most, fileBytes, allFilesBytes } = webMessageLimits;
  if (files.length > most) return say('error.too-many-files');
  const large = files.find(({ size }) => size > fileBytes);
  if (large) return say('error.file-too-large', { file: large.name });
  return files.reduce((sum, { size }) => sum + size, 0) > allFilesBytes ? say('error.files-too-large') : undefined;
};

const megabytes = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
