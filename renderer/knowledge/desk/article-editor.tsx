import { Tabs } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openVersion } from '../../../domain/knowledge/article.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { contentShown } from '../../app/store/edit-articles.ts';
import { useDeskSelector } from '../../app/store/store.ts';
import { ArticleActions } from './article-actions.tsx';
import { ArticleTrouble } from './article-trouble.tsx';
import { ContentFields } from './content-fields.tsx';
import { FeedbackList } from './feedback-list.tsx';
import { stateTones } from './state-tones.ts';
import { useKnowledgeRight } from './use-knowledge-right.ts';
import { VersionList } from './version-list.tsx';

/** An article on the screen of those who write and review: its text, its life, what is thought of it. */
export const ArticleEditor = ({ article }: { readonly article: string }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const [tab, setTab] = useState('content');
  const view = useDeskSelector((state) => state.articles.views[article]);
  const content = useDeskSelector((state) => contentShown(state, article));
  const isTyped = useDeskSelector((state) => state.articles.typed[article] !== undefined);
  const mayWrite = useKnowledgeRight('knowledge.write');
  const newest = view?.article.versions.at(-1);
  const open = view && openVersion(view.article);
  const isFixed =
    !mayWrite || (view !== undefined && !isTyped && open === undefined) || open?.life.state === 'in-review';
  const isNew = view === undefined && isTyped;
  useEffect(() => {
    if (isNew) document.getElementById('article-title-zh')?.focus();
  }, [isNew]);
  const at = (moment: number): string => momentText(moment, Date.now(), language);
  const tabOf = (key: string, label: string, count: number, children: React.ReactNode) => ({
    key,
    label: (
      <span data-testid={`article-tab-${key}`}>
        {label} {count > 0 && <span className="count digits">{count}</span>}
      </span>
    ),
    children,
  });
  return (
    <>
      <header className="form-head">
        <div className="form-title">
          <h2 className="article-name">{content?.zh.title || t('articles.untitled')}</h2>
          {newest && (
            <span
              className={`pill ${stateTones[newest.life.state]}`}
              data-testid="article-state"
              data-value={newest.life.state}
            >
              {t('knowledge.version', { version: newest.version })} · {t(`articleState.${newest.life.state}`)}
            </span>
          )}
          {isTyped && (
            <span className="pill pill-warn" data-testid="article-unsaved">
              {t('articles.unsaved')}
            </span>
          )}
          <span className="quiet form-opened">
            {newest
              ? t('articles.writtenBy', { by: newest.authors.join(t('articles.comma')), at: at(newest.writtenAt) })
              : t('articles.notSaved')}
            {view?.article.source && ` · ${t('articles.hardCase', { number: view.article.source.number })}`}
          </span>
        </div>
      </header>
      <ArticleActions article={article} />
      <div className="form-body">
        <ArticleTrouble article={article} />
        {open?.life.state === 'draft' && open.life.sentBack && (
          <p className="call-note note-warn" data-testid="article-sent-back">
            {t('articles.sentBack', {
              by: open.life.sentBack.by,
              at: at(open.life.sentBack.at),
              reason: open.life.sentBack.reason,
            })}
          </p>
        )}
        {content && (
          <Tabs
            size="small"
            tabBarGutter={22}
            activeKey={tab}
            onChange={setTab}
            items={[
              tabOf(
                'content',
                t('articles.content'),
                0,
                <ContentFields article={article} content={content} fixed={isFixed} />,
              ),
              ...(view
                ? [
                    tabOf(
                      'versions',
                      t('articles.versions'),
                      view.article.versions.length,
                      <VersionList versions={view.article.versions} />,
                    ),
                    tabOf('feedback', t('articles.feedback'), view.uses.forms, <FeedbackList view={view} />),
                  ]
                : []),
            ]}
          />
        )}
      </div>
    </>
  );
};
