import type { TFunction } from 'i18next';
import type { ArticleFailure } from '../../app/store/articles-slice.ts';

/** Why something was not done with an article, and what becomes of what was typed. */
export const failureText = (t: TFunction, failure: ArticleFailure): string => {
  switch (failure.code) {
    case 'not-in-this-state':
      return t('articleFailure.not-in-this-state', { state: failure.state ? t(`articleState.${failure.state}`) : '—' });
    case 'incomplete': {
      const fields = failure.fields.map((field) => t(`articleField.${field}`)).join(t('articles.comma'));
      return t('articleFailure.incomplete', { fields });
    }
    case 'attachment-missing':
      return t('articleFailure.attachment-missing', { name: failure.name });
    default:
      return t(`articleFailure.${failure.code}`);
  }
};
