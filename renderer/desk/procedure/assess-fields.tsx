import { Button, Input, InputNumber } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { assessmentFindings } from '../../../domain/forms/procedure/procedure.ts';
import { assessable } from '../../../domain/forms/procedure/what-may-be-done.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useRight } from '../../app/parts/use-right.ts';
import { hardCaseBegun } from '../../app/store/knowledge-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import type { AssessDraft } from './box-draft.ts';
import { clauseText, hintText } from './box-words.ts';
import { ChoiceField, SelectField } from './choice-field.tsx';

/** S2: who, what was found, by which clause, how many points. */
export const AssessFields = ({
  form,
  draft,
  onChange,
}: {
  readonly form: Form;
  readonly draft: AssessDraft;
  readonly onChange: (draft: AssessDraft) => void;
}) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  const me = useDeskSelector((state) => state.desk.session?.person.staffNumber ?? '');
  const dispatch = useDeskDispatch();
  const mayPropose = useRight('knowledge.propose');
  const id = useId();
  const hard = draft.finding === 'hard-case';
  return (
    <div className="box-assess">
      <SelectField
        label={t('assess.agent')}
        options={assessable(form, me).map((agent) => ({ value: agent, label: agent }))}
        value={draft.agent}
        onChange={(agent) => onChange({ ...draft, agent })}
        testId="assess-agent"
      />
      <ChoiceField
        label={t('assess.finding')}
        options={assessmentFindings.map((finding) => ({ value: finding, label: t(`finding.${finding}`) }))}
        value={draft.finding}
        onChange={(value) =>
          onChange({ ...draft, finding: assessmentFindings.find((one) => one === value) ?? draft.finding })
        }
        testId="assess-finding"
      />
      {!hard && (
        <SelectField
          label={t('assess.clause')}
          options={rules.assessmentClauses.map(({ code }) => ({
            value: code,
            label: clauseText({ language, rules }, code),
          }))}
          value={draft.clause}
          onChange={(clause) => {
            const weight = rules.assessmentClauses.find(({ code }) => code === clause)?.weight ?? draft.weight;
            onChange({ ...draft, clause, weight });
          }}
          testId="assess-clause"
        />
      )}
      {!hard && (
        <div className="box-field">
          <label className="box-label" htmlFor={id}>
            {t('assess.weight')}
          </label>
          <InputNumber
            id={id}
            min={0}
            max={100}
            precision={0}
            value={draft.weight}
            onChange={(weight) => onChange({ ...draft, weight: weight ?? 0 })}
            data-testid="assess-weight"
          />
        </div>
      )}
      {hard && mayPropose && (
        <Button size="small" onClick={() => dispatch(hardCaseBegun(form.id))} data-testid="assess-method">
          {t('assess.writeMethod')}
        </Button>
      )}
      <Input.TextArea
        value={draft.text}
        aria-label={hintText({ t }, 'assess')}
        placeholder={hintText({ t }, 'assess')}
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={4_000}
        onChange={(event) => onChange({ ...draft, text: event.target.value })}
        data-testid="assess-text"
      />
    </div>
  );
};
