import { DownloadOutlined, EyeOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../domain/forms/complaint.ts';
import { sizeText } from '../app/i18n/format.ts';
import { saveAs } from '../app/parts/save-as.ts';
import { readAttachment } from '../app/store/attach-files.ts';
import { useDeskDispatch } from '../app/store/store.ts';
import { refusalText } from '../desk/forms/refusal-text.ts';
import { looksLikeScan } from '../desk/scans/scan-kind.ts';
import { ScanViewer } from '../desk/scans/scan-viewer.tsx';

/** The files of an article: pages are looked at in place, anything can be saved. */
export const ArticleFiles = ({ files }: { readonly files: readonly Attachment[] }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [shown, setShown] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (file: Attachment): Promise<void> => {
    const answer = await dispatch(readAttachment(file.sha256));
    if (answer.ok) saveAs(file, answer.value);
    setProblem(answer.ok ? null : t('attachment.failed', { name: file.name, reason: refusalText(t, answer.error) }));
  };
  if (files.length === 0) return null;
  const open = files.find(({ id }) => id === shown);
  return (
    <section aria-label={t('form.attachments')} data-testid="article-files">
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <PaperClipOutlined aria-hidden="true" />
            <span className="file-name">{file.name}</span>
            <span className="quiet digits">{sizeText(file.size)}</span>
            {looksLikeScan(file) && (
              <Button
                size="small"
                icon={<EyeOutlined />}
                aria-expanded={file.id === shown}
                onClick={() => setShown(file.id === shown ? null : file.id)}
              >
                {t('attachment.open')}
              </Button>
            )}
            <Button size="small" icon={<DownloadOutlined />} onClick={() => void save(file)}>
              {t('attachment.save')}
            </Button>
          </li>
        ))}
      </ul>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      {open && (
        <div className="article-scan">
          <ScanViewer key={open.id} file={open} />
        </div>
      )}
    </section>
  );
};
