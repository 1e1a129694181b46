import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';
import { fieldText } from './field-text.ts';

/** Who did what when, the latest first, with each field from and to. */
export const HistoryList = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(false);
  return (
    <ol className="entries" data-testid="form-history">
      {[...form.history].reverse().map((entry) => (
        <li key={entry.operation}>
          <span className="entry-head">
            <strong>{t(`history.${entry.kind}`)}</strong>
            <span className="digits">{entry.by}</span>
            <time className="quiet digits">{momentText(entry.at, now, language)}</time>
          </span>
          {entry.changes?.map((change) => (
            <span key={change.field} className="entry-line">
              {t('history.change', {
                field: t(`field.${change.field}`),
                from: fieldText(t, change.field, change.from),
                to: fieldText(t, change.field, change.to),
              })}
            </span>
          ))}
          {entry.reason !== undefined && (
            <span className="entry-line">{t('history.reason', { reason: entry.reason })}</span>
          )}
        </li>
      ))}
    </ol>
  );
};
