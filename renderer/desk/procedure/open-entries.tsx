import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { maySeeAssessment } from '../../../domain/people/may-see-assessment.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useDeskSelector } from '../../app/store/store.ts';
import { ActionBox } from './action-box.tsx';
import { BoxButtons } from './box-buttons.tsx';
import { clauseText } from './box-words.ts';
import type { Box } from './boxes.ts';
import { Entry } from './entry.tsx';

/** J5: what the user added, and whether it is settled; settled from here. */
export const SupplementEntries = ({ form, boxes }: { readonly form: Form; readonly boxes: readonly Box[] }) => {
  const { t } = useTranslation();
  const { supplements } = form.procedure;
  if (supplements.length === 0) return null;
  return (
    <section className="fact-box" aria-label={t('standing.supplements')} data-testid="standing-supplements">
      <h3 className="caption">{t('standing.supplements')}</h3>
      <ol className="entries">
        {[...supplements].reverse().map((one) => (
          <Entry key={one.operation} {...one} head={t(`choice.${one.needs}`)}>
            <span className="order-head">
              <span className={one.settled ? 'pill pill-good' : 'pill pill-warn'} data-testid="supplement-state">
                {one.settled ? <CheckCircleOutlined aria-hidden="true" /> : <ClockCircleOutlined aria-hidden="true" />}{' '}
                {t(one.settled ? 'standing.done' : 'standing.open')}
              </span>
              <BoxButtons form={form.id} boxes={boxes.filter(({ about }) => about === one.operation)} />
            </span>
          </Entry>
        ))}
      </ol>
    </section>
  );
};

interface AssessmentEntriesProps {
  readonly form: Form;
  readonly boxes: readonly Box[];
  readonly open: Box | null;
}

/** S2: what was found about whose work. Agents see their own alone; who assesses, all. */
export const AssessmentEntries = ({ form, boxes, open }: AssessmentEntriesProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  const person = useDeskSelector((state) => state.desk.session?.person);
  const shown = form.procedure.assessments.filter((one) => person && maySeeAssessment(person, one.agent));
  if (shown.length === 0) return null;
  return (
    <section className="fact-box" aria-label={t('standing.assessments')} data-testid="standing-assessments">
      <h3 className="caption">{t('standing.assessments')}</h3>
      <ol className="entries">
        {[...shown].reverse().map((one) => (
          <Entry
            key={one.id}
            by={one.by}
            at={one.at}
            text={one.text}
            head={[
              one.agent,
              t(`finding.${one.finding}`),
              one.clause ? clauseText({ language, rules }, one.clause) : '',
              one.weight > 0 ? `${t('assess.weight')} ${one.weight}` : t('assess.none'),
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          >
            <span className={one.answer ? 'entry-text' : 'quiet'} data-testid="assessment-answer">
              {one.answer ? `${one.answer.by}：${one.answer.text}` : t('standing.notAnswered')}
            </span>
            <BoxButtons form={form.id} boxes={boxes.filter(({ about }) => about === one.id)} />
            {open?.about === one.id && <ActionBox form={form} box={open} />}
          </Entry>
        ))}
      </ol>
    </section>
  );
};
