import { DislikeOutlined, LikeOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { ArticleView } from '../../../contract/knowledge.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';

/** How often an article was used, and what agents say of it, newest first. */
export const FeedbackList = ({ view }: { readonly view: ArticleView }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const { uses, feedback } = view;
  return (
    <div className="notes">
      <p className="digits" data-testid="article-uses" data-value={uses.forms}>
        {t('articles.uses', { forms: uses.forms, helped: uses.helped, notHelped: uses.notHelped })}
      </p>
      {feedback.length === 0 ? (
        <p className="quiet">{t('articles.noFeedback')}</p>
      ) : (
        <ol className="entries" data-testid="article-feedback">
          {feedback.map((one) => (
            <li key={`${one.form} ${one.by} ${one.at}`}>
              <span className="entry-head">
                <span className="digits">{one.by}</span>
                {one.helped === true && (
                  <span className="pill pill-good">
                    <LikeOutlined aria-hidden="true" /> {t('articles.helped')}
                  </span>
                )}
                {one.helped === false && (
                  <span className="pill pill-bad">
                    <DislikeOutlined aria-hidden="true" /> {t('articles.notHelped')}
                  </span>
                )}
                <span className="quiet digits">{t('knowledge.version', { version: one.version })}</span>
                {one.formNumber !== '' && <span className="quiet digits">{one.formNumber}</span>}
                <time className="quiet digits">{momentText(one.at, Date.now(), language)}</time>
              </span>
              {one.text !== '' && <span className="entry-text">{one.text}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
};
