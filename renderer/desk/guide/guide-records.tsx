import { CrownOutlined, FileSearchOutlined, FrownOutlined, SmileOutlined, UserOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LikelyForm } from '../../../contract/ipc.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { GuideFacts, GuideStep } from '../../../domain/forms/procedure/guide-state.ts';
import { isOpen } from '../../../domain/forms/procedure/orders.ts';
import { isEnded, satisfactionRecord } from '../../../domain/forms/procedure/repeat.ts';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useDeskSelector } from '../../app/store/store.ts';
import { FormDeadline } from '../forms/form-deadline.tsx';
import { StagePill } from '../procedure/stage-pill.tsx';

interface RecordsProps {
  readonly step: GuideStep;
  readonly facts: GuideFacts;
  /** The complaint of before that the question is about. */
  readonly chosen: Form | undefined;
  readonly likely: readonly LikelyForm[];
}

/** What the records say to the question that is asked. */
export const GuideRecords = ({ step, facts, chosen, likely }: RecordsProps) => {
  const { t } = useTranslation();
  const said = saidAt(t, { step, facts, chosen, likely });
  if (said === null) return null;
  return (
    <section className="guide-records" aria-label={t('guide.records')} data-testid="guide-records">
      <h3 className="caption">
        <FileSearchOutlined aria-hidden="true" /> {t('guide.records')}
      </h3>
      {said}
    </section>
  );
};

const saidAt = (t: TFunction, { step, facts, chosen, likely }: RecordsProps): ReactNode => {
  switch (step) {
    case 'key-account':
      return <KeyAccount known={facts.keyAccount} />;
    case 'suggestion':
      return facts.words.trim() === '' ? null : <Likely forms={likely} none={t('guideRecords.noSuggestion')} />;
    case 'settle':
      return facts.draft?.fields.text ? <Likely forms={likely} none={t('guideRecords.noComplaint')} /> : null;
    case 'kind':
    case 'reasonable':
    case 'standing':
    case 'which':
      return <Earlier forms={facts.earlier} now={facts.now} />;
    case 'repeat':
    case 'supplement':
      return chosen && <Earlier forms={[chosen]} now={facts.now} />;
    default:
      return null;
  }
};

const KeyAccount = ({ known }: { readonly known: boolean | null }) => {
  const { t } = useTranslation();
  if (known === null) return <p className="quiet">{t('guideRecords.unknownAccount')}</p>;
  return (
    <p>
      {known ? <CrownOutlined aria-hidden="true" /> : <UserOutlined aria-hidden="true" />}{' '}
      {t(known ? 'guideRecords.keyAccount' : 'guideRecords.notKeyAccount')}
    </p>
  );
};

const Earlier = ({ forms, now }: { readonly forms: readonly Form[]; readonly now: number }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  if (forms.length === 0) return <p className="quiet">{t('guideRecords.noEarlier')}</p>;
  return (
    <ul className="guide-forms">
      {forms.map((form) => (
        <li key={form.id} data-testid="guide-earlier" data-form={form.id}>
          <span className="guide-form-top">
            <strong className="digits">{form.number}</strong>
            <span className="quiet digits">{momentText(form.openedAt, now, language)}</span>
          </span>
          <span className="row-excerpt">{form.fields.text || t('list.noText')}</span>
          <span className="guide-form-tags">
            <StagePill stage={form.procedure.stage} />
            <FormDeadline form={form} />
            <Departments form={form} />
            {isEnded(form.procedure) && <Satisfaction form={form} />}
          </span>
          {form.procedure.answer && (
            <span className="guide-form-answer">
              {t('guideRecords.answer')}: {form.procedure.answer.text}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};

/** J4c: who works on it now. */
const Departments = ({ form }: { readonly form: Form }) => {
  const language = useLanguage();
  const known = useDeskSelector((state) => state.desk.sync.procedureRules.departments);
  const codes = new Set(form.procedure.orders.filter(isOpen).map(({ department }) => department));
  return [...codes].map((code) => (
    <span className="pill" key={code}>
      {known.find((one) => one.code === code)?.[language] ?? code}
    </span>
  ));
};

/** Q1, J4a: what the user said last of how it was settled. */
const Satisfaction = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const record = satisfactionRecord(form.procedure);
  if (record === undefined) return <span className="pill">{t('guideRecords.noSatisfaction')}</span>;
  return (
    <span className={`pill ${record === 'satisfied' ? 'pill-good' : 'pill-bad'}`}>
      {record === 'satisfied' ? <SmileOutlined aria-hidden="true" /> : <FrownOutlined aria-hidden="true" />}{' '}
      {t('guideRecords.satisfaction')}: {t(`guideRecords.${record}`)}
    </span>
  );
};

const Likely = ({ forms, none }: { readonly forms: readonly LikelyForm[]; readonly none: string }) => {
  const { t } = useTranslation();
  if (forms.length === 0) return <p className="quiet">{none}</p>;
  return (
    <ul className="guide-forms">
      {forms.map((form) => (
        <li key={form.id} data-testid="guide-likely" data-form={form.id}>
          <span className="guide-form-top">
            <strong className="digits">{form.number}</strong>
            <span className="pill">{t('guideRecords.likeness', { percent: Math.round(form.score * 100) })}</span>
          </span>
          <span className="row-excerpt">{form.excerpt}</span>
        </li>
      ))}
    </ul>
  );
};
