import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { useRight } from '../../app/parts/use-right.ts';
import { performOnForm } from '../../app/store/edit-form.ts';
import type { FormFailure } from '../../app/store/editor-slice.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { refusalText } from './refusal-text.ts';

const maxLength = 4_000;

/** Notes on a form, and a box for the next; the box keeps its words until main has them. */
export const NoteList = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const now = useNow(false);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FormFailure | null>(null);
  const mayWrite = useRight('form.edit');
  const tooLong = text.trim().length > maxLength;
  const add = async (): Promise<void> => {
    if (!text.trim() || tooLong || busy) return;
    setBusy(true);
    const answer = await dispatch(performOnForm({ form: form.id, kind: 'form.note', payload: { text: text.trim() } }));
    setBusy(false);
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setText('');
  };
  return (
    <div className="notes">
      {mayWrite && (
        <div className="note-new">
          <Input.TextArea
            value={text}
            placeholder={t('note.placeholder')}
            aria-label={t('note.add')}
            autoSize={{ minRows: 1, maxRows: 6 }}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add();
            }}
            data-testid="note-text"
          />
          <Button disabled={!text.trim() || tooLong} loading={busy} onClick={() => void add()} data-testid="note-add">
            {t('note.add')}
          </Button>
        </div>
      )}
      {tooLong && (
        <p className="field-problem">{t('invalid.tooLong', { max: maxLength, length: text.trim().length })}</p>
      )}
      {failure && <p className="field-problem">{refusalText(t, failure)}</p>}
      {form.notes.length === 0 ? (
        <p className="quiet">{t('note.none')}</p>
      ) : (
        <ol className="entries" data-testid="form-notes">
          {[...form.notes].reverse().map((note) => (
            <li key={note.operation}>
              <span className="entry-head">
                <span className="digits">{note.by}</span>
                <time className="quiet digits">{momentText(note.at, now, language)}</time>
              </span>
              <span className="entry-text">{note.text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
};
