import { DeleteOutlined, DownloadOutlined, EyeOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { sizeText } from '../../app/i18n/format.ts';
import { saveAs } from '../../app/parts/save-as.ts';
import { useRight } from '../../app/parts/use-right.ts';
import { readAttachment } from '../../app/store/attach-files.ts';
import { performOnForm } from '../../app/store/edit-form.ts';
import { sourceShown } from '../../app/store/source-slice.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { looksLikeScan } from '../scans/scan-kind.ts';
import { refusalText } from './refusal-text.ts';
import { useFileDrop } from './use-file-drop.ts';

/** Files on a form: added by button or by dropping them, looked at, saved, removed. */
export const AttachmentList = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const chooser = useRef<HTMLInputElement>(null);
  const { add, adding, over, problems, setProblems, dropHere } = useFileDrop(form.id);
  const mayWrite = useRight('form.edit');
  const save = async (one: Attachment): Promise<void> => {
    const answer = await dispatch(readAttachment(one.sha256));
    if (answer.ok) saveAs(one, answer.value);
    else setProblems([t('attachment.failed', { name: one.name, reason: refusalText(t, answer.error) })]);
  };
  const remove = async (one: Attachment): Promise<void> => {
    const answer = await dispatch(
      performOnForm({ form: form.id, kind: 'form.detach', payload: { attachmentId: one.id } }),
    );
    if (!answer.ok) setProblems([t('attachment.failed', { name: one.name, reason: refusalText(t, answer.error) })]);
  };

  return (
    <section
      className={over ? 'drop drop-over' : 'drop'}
      aria-label={t('form.attachments')}
      {...dropHere}
      data-testid="attachment-drop"
    >
      {mayWrite && (
        <div className="drop-head">
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              void add([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
            data-testid="attachment-file"
          />
          <Button
            icon={<PaperClipOutlined />}
            loading={adding}
            onClick={() => chooser.current?.click()}
            data-testid="attachment-add"
          >
            {adding ? t('attachment.adding') : t('attachment.add')}
          </Button>
          <span className="quiet">{t('attachment.drop')}</span>
        </div>
      )}
      {problems.map((problem) => (
        <p key={problem} className="field-problem" role="alert">
          {problem}
        </p>
      ))}
      {form.attachments.length === 0 ? (
        <p className="quiet">{t('attachment.none')}</p>
      ) : (
        <ul className="files" data-testid="form-attachments">
          {form.attachments.map((one) => (
            <li key={one.id}>
              <span className="file-name" title={one.name}>
                {one.name}
              </span>
              <span className="quiet digits">{sizeText(one.size)}</span>
              {looksLikeScan(one) && (
                <Button
                  size="small"
                  type="text"
                  icon={<EyeOutlined />}
                  aria-label={`${t('attachment.open')} ${one.name}`}
                  onClick={() => dispatch(sourceShown({ form: form.id, document: one.id }))}
                  data-testid="attachment-look"
                />
              )}
              <Button
                size="small"
                type="text"
                icon={<DownloadOutlined />}
                aria-label={`${t('attachment.save')} ${one.name}`}
                onClick={() => void save(one)}
              />
              {mayWrite && form.status === 'draft' && (
                <Popconfirm title={t('attachment.removeSure')} onConfirm={() => void remove(one)}>
                  <Button
                    size="small"
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={`${t('attachment.remove')} ${one.name}`}
                  />
                </Popconfirm>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
