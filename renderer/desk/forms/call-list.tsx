import { useTranslation } from 'react-i18next';
import { services } from '../../../domain/access/services.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';

/** The calls a form was written in, each with the proof that the staff number was announced (A3). */
export const CallList = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(false);
  const serviceText = (service: string): string => {
    const known = services.find((one) => one === service);
    return known ? `${known} ${t(`service.${known}`)}` : service;
  };
  if (form.calls.length === 0) return <p className="quiet">{t('onCall.none')}</p>;
  return (
    <ol className="entries" data-testid="form-calls">
      {form.calls.map((call) => (
        <li key={`${call.contactId} ${call.answeredAt}`} data-testid="form-call" data-value={call.announcement.outcome}>
          <span className="entry-head">
            {t('onCall.line', {
              caller: call.caller || t('call.withheld'),
              service: serviceText(call.service),
              language: t(`language.${call.language}`),
              at: momentText(call.answeredAt, now, language),
            })}
          </span>
          <span className="entry-line">
            {call.announcement.outcome === 'played'
              ? t('onCall.played', { at: momentText(call.announcement.startedAt, now, language) })
              : t('onCall.failed', { reason: call.announcement.reason })}
          </span>
        </li>
      ))}
    </ol>
  );
};
