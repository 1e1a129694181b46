import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArticleContent } from '../../../domain/knowledge/article.ts';
import { contentTyped } from '../../app/store/articles-slice.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { ContentFiles } from './content-files.tsx';
import { KeywordsInput } from './keywords-input.tsx';

interface ContentFieldsProps {
  readonly article: string;
  readonly content: ArticleContent;
  /** It may be read here, not written. */
  readonly fixed: boolean;
}

const maxTitle = 200;
const maxBody = 20_000;

/** The text of a version in both languages; what is typed is kept until the centre has it. */
export const ContentFields = ({ article, content, fixed }: ContentFieldsProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const type = (changes: Partial<ArticleContent>): void =>
    void dispatch(contentTyped({ article, content: { ...content, ...changes } }));
  const english = content.en ?? { title: '', body: '' };
  // English that is emptied again is no English at all.
  const typeEnglish = (en: { readonly title: string; readonly body: string }): void =>
    type({ en: en.title === '' && en.body === '' ? null : en });
  const field = (name: string, label: string, control: ReactNode, required = false) => (
    <div className="field field-wide">
      <label htmlFor={`article-${name}`}>
        {label}
        {required && (
          <span className="required" title={t('articles.required')}>
            *<span className="unseen">{t('articles.required')}</span>
          </span>
        )}
      </label>
      {control}
    </div>
  );
  const of = (name: string) => ({ id: `article-${name}`, 'data-testid': `article-${name}`, disabled: fixed });
  const body = { autoSize: { minRows: 6, maxRows: 16 }, maxLength: maxBody };
  return (
    <fieldset className="fields article-fields" aria-label={t('articles.content')}>
      {field(
        'title-zh',
        t('articleField.zh.title'),
        <Input
          {...of('title-zh')}
          value={content.zh.title}
          maxLength={maxTitle}
          onChange={(event) => type({ zh: { ...content.zh, title: event.target.value } })}
        />,
        true,
      )}
      {field(
        'body-zh',
        t('articleField.zh.body'),
        <Input.TextArea
          {...of('body-zh')}
          {...body}
          value={content.zh.body}
          placeholder={fixed ? '' : t('articles.bodyHint')}
          onChange={(event) => type({ zh: { ...content.zh, body: event.target.value } })}
        />,
        true,
      )}
      {field(
        'title-en',
        t('articleField.en.title'),
        <Input
          {...of('title-en')}
          lang="en"
          value={english.title}
          maxLength={maxTitle}
          onChange={(event) => typeEnglish({ ...english, title: event.target.value })}
        />,
      )}
      {field(
        'body-en',
        t('articleField.en.body'),
        <Input.TextArea
          {...of('body-en')}
          {...body}
          autoSize={{ minRows: 3, maxRows: 16 }}
          lang="en"
          value={english.body}
          onChange={(event) => typeEnglish({ ...english, body: event.target.value })}
        />,
      )}
      {field(
        'keywords',
        t('articleField.keywords'),
        <KeywordsInput {...of('keywords')} words={content.keywords} onChange={(keywords) => type({ keywords })} />,
      )}
      <ContentFiles files={content.attachments} fixed={fixed} onChange={(attachments) => type({ attachments })} />
    </fieldset>
  );
};
