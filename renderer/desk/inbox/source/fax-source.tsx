import { WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Origin } from '../../../../domain/forms/origin.ts';
import { momentText } from '../../../app/i18n/format.ts';
import { useLanguage } from '../../../app/parts/use-language.ts';
import { useNow } from '../../../app/parts/use-now.ts';

/** From where and when a fax came; its pages stand below. */
export const FaxSource = ({ origin }: { readonly origin: Extract<Origin, { via: 'fax' }> }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(false);
  return (
    <div className="fax-source">
      <p>
        <strong className="digits">{origin.fromNumber || t('call.withheld')}</strong>{' '}
        <time className="quiet digits">{momentText(origin.receivedAt, now, language)}</time>{' '}
        <span className="quiet">{origin.fileName}</span>
      </p>
      {origin.problem && (
        <p className="call-note note-bad" data-testid="fax-problem" data-value={origin.problem.code}>
          <WarningOutlined aria-hidden="true" /> {t(`problem.${origin.problem.code}`)} {origin.problem.detail}
        </p>
      )}
    </div>
  );
};
