import { useTranslation } from 'react-i18next';
import type { CallQuality } from '../../../contract/phone.ts';
import { qualityWord } from './calls.ts';

export const QualityLine = ({ quality }: { readonly quality: CallQuality }) => {
  const { t } = useTranslation();
  const word = qualityWord(quality);
  return (
    <dl
      className="quality"
      aria-label={t('quality.title')}
      aria-live="off"
      data-testid="call-quality"
      data-value={word}
    >
      <div className={`quality-mos quality-${word}`}>
        <dt>MOS</dt>
        <dd className="digits">
          {quality.mos.toFixed(1)} {t(`quality.${word}`)}
        </dd>
      </div>
      <div>
        <dt>{t('quality.loss')}</dt>
        <dd className="digits">{quality.lossPercent.toFixed(1)}%</dd>
      </div>
      <div>
        <dt>{t('quality.jitter')}</dt>
        <dd className="digits">{Math.round(quality.jitterMs)} ms</dd>
      </div>
      <div>
        <dt>{t('quality.roundTrip')}</dt>
        <dd className="digits">{Math.round(quality.roundTripMs)} ms</dd>
      </div>
    </dl>
  );
};
