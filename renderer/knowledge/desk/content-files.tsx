import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../../domain/forms/complaint.ts';
import { sizeText } from '../../app/i18n/format.ts';
import { keepArticleFile } from '../../app/store/edit-articles.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { ArticleFiles } from '../article-files.tsx';
import { failureText } from './failure-text.ts';

/** The files of a version: their bytes go to the centre at once, their names with the text. */
export const ContentFiles = ({
  files,
  fixed,
  onChange,
}: {
  readonly files: readonly Attachment[];
  readonly fixed: boolean;
  readonly onChange: (files: readonly Attachment[]) => void;
}) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const chooser = useRef<HTMLInputElement>(null);
  const [adding, setAdding] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const add = async (chosen: readonly File[]): Promise<void> => {
    setAdding(true);
    const kept: Attachment[] = [];
    const failed: string[] = [];
    for (const file of chosen) {
      const answer = await dispatch(keepArticleFile(file));
      if (answer.ok) kept.push(answer.value);
      else failed.push(t('attachment.failed', { name: file.name, reason: failureText(t, answer.error) }));
    }
    setProblems(failed);
    setAdding(false);
    if (kept.length > 0) onChange([...files, ...kept].slice(0, 20));
  };
  if (fixed) return <ArticleFiles files={files} />;
  return (
    <div className="field field-wide">
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <PaperClipOutlined aria-hidden="true" />
            <span className="file-name">{file.name}</span>
            <span className="quiet digits">{sizeText(file.size)}</span>
            <Button
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`${t('attachment.remove')} ${file.name}`}
              onClick={() => onChange(files.filter((one) => one.id !== file.id))}
            />
          </li>
        ))}
      </ul>
      {problems.map((problem) => (
        <p key={problem} className="field-problem" role="alert">
          {problem}
        </p>
      ))}
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          void add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
        data-testid="article-file"
      />
      <Button
        className="article-add-file"
        icon={<PaperClipOutlined />}
        loading={adding}
        onClick={() => chooser.current?.click()}
      >
        {t('attachment.add')}
      </Button>
    </div>
  );
};
