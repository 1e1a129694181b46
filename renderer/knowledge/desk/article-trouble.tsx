import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { typedPutAway } from '../../app/store/articles-slice.ts';
import { editArticle, saveArticle } from '../../app/store/edit-articles.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { failureText } from './failure-text.ts';

/** Why the last thing was not done, and the way on. What is typed stays in any case. */
export const ArticleTrouble = ({ article }: { readonly article: string }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const failure = useDeskSelector((state) => state.articles.failures[article]);
  const isTyped = useDeskSelector((state) => state.articles.typed[article] !== undefined);
  if (!failure) return null;
  const isClash = failure.code === 'changed-meanwhile' && isTyped;
  return (
    <div
      className="call-note note-bad article-trouble"
      role="alert"
      data-testid="article-failure"
      data-value={failure.code}
    >
      <span>
        {failureText(t, failure)}
        {isTyped && !isClash && ` ${t('articles.kept')}`}
      </span>
      {isClash && (
        <>
          <Button size="small" onClick={() => void dispatch(saveArticle(article))} data-testid="article-keep-mine">
            {t('clash.keepMine')}
          </Button>
          <Button size="small" onClick={() => dispatch(typedPutAway(article))} data-testid="article-take-theirs">
            {t('clash.takeTheirs')}
          </Button>
        </>
      )}
      {!isTyped && (
        <Button size="small" onClick={() => void dispatch(editArticle(article))}>
          {t('list.retry')}
        </Button>
      )}
    </div>
  );
};
