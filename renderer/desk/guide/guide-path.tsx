import { LockOutlined, RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { GuideState } from '../../../domain/forms/procedure/guide-state.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useDeskSelector } from '../../app/store/store.ts';
import { answerText } from './answer-text.ts';

/** The answers so far, the first first; a lock where something has left the desk. */
export const GuidePath = ({ path }: { readonly path: GuideState['path'] }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  return (
    <ol className="guide-path" aria-label={t('guide.path')} data-testid="guide-path">
      {path.map(({ step, words, byRecords, left }) => (
        <li key={step} title={t(`guideQuestion.${step}`)}>
          {left && <LockOutlined aria-hidden="true" />}
          {answerText(t, language, rules, words)}
          {byRecords && <span className="quiet"> ({t('guide.byRecords')})</span>}
          <RightOutlined aria-hidden="true" className="guide-path-on" />
        </li>
      ))}
    </ol>
  );
};
