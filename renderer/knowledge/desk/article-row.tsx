import { useTranslation } from 'react-i18next';
import type { ArticlePage } from '../../../contract/knowledge.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { editArticle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { stateTones } from './state-tones.ts';

/** An article in the list of those who write and review. */
export const ArticleRow = ({ article }: { readonly article: ArticlePage['articles'][number] }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const now = useNow(false);
  const current = useDeskSelector((state) => state.articles.shown === article.id);
  const isTyped = useDeskSelector((state) => state.articles.typed[article.id] !== undefined);
  const { uses } = article;
  return (
    <li>
      <button
        type="button"
        className="row"
        aria-current={current}
        onClick={() => void dispatch(editArticle(article.id))}
        data-testid="article-row"
        data-article={article.id}
      >
        <span className="row-top">
          <span className="quiet digits">{article.changedBy}</span>
          <time className="quiet digits">{momentText(article.changedAt, now, language)}</time>
        </span>
        <strong className="row-title">{article.title || t('articles.untitled')}</strong>
        <span className="row-excerpt digits" data-testid="article-row-uses" data-value={uses.forms}>
          {t('articles.uses', { forms: uses.forms, helped: uses.helped, notHelped: uses.notHelped })}
        </span>
        <span className="row-tags">
          {article.openState && (
            <span className={`pill ${stateTones[article.openState]}`}>{t(`articleState.${article.openState}`)}</span>
          )}
          {article.validity && <span className="pill pill-good">{t('articleState.published')}</span>}
          {!article.openState && !article.validity && <span className="pill">{t('articlePart.over')}</span>}
          {article.source && (
            <span className="pill pill-strong digits">{t('articles.hardCase', { number: article.source.number })}</span>
          )}
          {isTyped && <span className="pill pill-warn">{t('articles.unsaved')}</span>}
        </span>
      </button>
    </li>
  );
};
