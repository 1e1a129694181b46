import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../domain/access/language.ts';
import type { PublishedArticle } from '../../domain/knowledge/article.ts';
import { KeyButton } from '../app/parts/key-button.tsx';
import { useHotKeys } from '../app/parts/use-hot-keys.ts';
import { useLanguage } from '../app/parts/use-language.ts';
import { articlePutAway, languageChosen } from '../app/store/knowledge-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../app/store/store.ts';
import { ArticleFiles } from './article-files.tsx';
import { UseBox } from './use-box.tsx';

/** An article as agents read it: its text in either language, how far it holds, what belongs to it. */
export const ArticlePage = ({ article }: { readonly article: PublishedArticle }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const deskLanguage = useLanguage();
  const { language: wanted, gone } = useDeskSelector((state) => state.knowledge);
  const { content, version, validity } = article;
  const language: Language = (wanted ?? deskLanguage) === 'en' && content.en ? 'en' : 'zh';
  const { title, body } = (language === 'en' ? content.en : null) ?? content.zh;
  const page = useRef<HTMLDivElement>(null);
  // The arrow keys scroll what has the focus.
  useEffect(() => page.current?.focus(), []);
  const back = (): void => void dispatch(articlePutAway());
  const other: Language = language === 'en' ? 'zh' : 'en';
  const change = (): void => void dispatch(languageChosen(other));
  useHotKeys({ 'article-language': content.en ? change : undefined });
  return (
    <article
      className="article"
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && back()}
      data-testid="article"
      data-value={article.id}
    >
      <header className="article-head">
        <Button icon={<ArrowLeftOutlined />} onClick={back} data-testid="article-back">
          {t('knowledge.back')} <span className="key">Esc</span>
        </Button>
        {content.en && (
          <KeyButton hotKey="article-language" testId="article-language" onClick={change}>
            {t(`language.${other}`)}
          </KeyButton>
        )}
      </header>
      {gone && (
        <p className="call-note note-bad" role="alert" data-testid="article-gone">
          {t('knowledge.gone')}
        </p>
      )}
      <div className="article-body" ref={page} tabIndex={-1} lang={language === 'en' ? 'en' : 'zh-CN'}>
        <h3 className="article-title" data-testid="article-title">
          {title}
        </h3>
        <p className="quiet digits article-facts" data-testid="article-version" data-value={version}>
          {t('knowledge.version', { version })} · {t('knowledge.valid', { from: validity.from })}
          {validity.to === null ? t('knowledge.validOpen') : t('knowledge.validTo', { to: validity.to })}
        </p>
        <p className="article-text">{body}</p>
        <ArticleFiles files={content.attachments} />
        {content.keywords.length > 0 && (
          <p className="article-keywords">
            {content.keywords.map((word) => (
              <span key={word} className="pill">
                {word}
              </span>
            ))}
          </p>
        )}
      </div>
      <UseBox article={article} />
    </article>
  );
};
