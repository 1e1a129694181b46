import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attachFile } from '../../app/store/attach-files.ts';
import { sourceShown } from '../../app/store/source-slice.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { looksLikeScan } from '../scans/scan-kind.ts';
import { refusalText } from './refusal-text.ts';

/** Puts files on a form, dropped or chosen; the first that can be looked at is shown beside it. */
export const useFileDrop = (form: string) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [adding, setAdding] = useState(false);
  const [over, setOver] = useState(false);
  const add = async (files: readonly File[]): Promise<void> => {
    setAdding(true);
    const failed: string[] = [];
    let shown = false;
    for (const file of files) {
      const answer = await dispatch(attachFile(form, file));
      if (!answer.ok) {
        failed.push(t('attachment.failed', { name: file.name, reason: refusalText(t, answer.error) }));
      } else if (!shown && looksLikeScan(answer.value)) {
        shown = true;
        dispatch(sourceShown({ form, document: answer.value.id }));
      }
    }
    setProblems(failed);
    setAdding(false);
  };
  return {
    add,
    adding,
    over,
    problems,
    setProblems,
    /** For the element that files may be dropped on. */
    dropHere: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        void add([...event.dataTransfer.files]);
      },
    },
  };
};
