import { useTranslation } from 'react-i18next';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { newArticle, saveArticle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { ArticleEditor } from './article-editor.tsx';
import { ArticleList } from './article-list.tsx';
import { useKnowledgeRight } from './use-knowledge-right.ts';

/** Where articles are written, reviewed, published and retired (D1), in the place of list and form. */
export const ArticlesDesk = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const shown = useDeskSelector((state) => state.articles.shown);
  const mayWrite = useKnowledgeRight('knowledge.write');
  useHotKeys({
    'new-form': mayWrite ? () => dispatch(newArticle()) : undefined,
    save: shown && mayWrite ? () => void dispatch(saveArticle(shown)) : undefined,
  });
  return (
    <>
      <ArticleList />
      <main className="panel form-panel" id="form" aria-label={t('articles.editor')} tabIndex={-1}>
        {shown ? (
          <ArticleEditor key={shown} article={shown} />
        ) : (
          <p className="empty quiet">{t(mayWrite ? 'articles.none' : 'articles.noneToReview')}</p>
        )}
      </main>
    </>
  );
};
