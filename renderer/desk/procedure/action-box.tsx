import { Button, Checkbox, Input } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { boxFolded, boxWritten } from '../../app/store/procedure-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { confirmBox } from '../../app/store/work-procedure.ts';
import { refusalText } from '../forms/refusal-text.ts';
import { actionOf, assessment, type Gap } from './actions-of.ts';
import { AssessFields } from './assess-fields.tsx';
import { type BoxDraft, choicesOf, fieldsOf, freshAssessment } from './box-draft.ts';
import { choiceLabel, choiceText, departmentText, hintText } from './box-words.ts';
import { type Box, boxKey } from './boxes.ts';
import { CallBackLine } from './call-back-line.tsx';
import { ChoiceField, SelectField } from './choice-field.tsx';
import { MergeTarget } from './merge-target.tsx';

const maxLength = 4_000;

/** Where one thing is done to a form: what is chosen and written stays until it is done, whatever comes between. */
export const ActionBox = ({ form, box }: { readonly form: Form; readonly box: Box }) => {
  const draft = useDeskSelector((state) => state.procedure.drafts[boxKey(form.id, box)]);
  return draft ? <OpenBox form={form} box={box} draft={draft} /> : null;
};

interface OpenBoxProps {
  readonly form: Form;
  readonly box: Box;
  readonly draft: BoxDraft;
}

const OpenBox = ({ form, box, draft }: OpenBoxProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const rules = useDeskSelector((state) => state.desk.sync.procedureRules);
  const me = useDeskSelector((state) => state.desk.session?.person.staffNumber ?? '');
  const busy = useDeskSelector((state) => state.procedure.busy.includes(form.id));
  const failure = useDeskSelector((state) => state.procedure.failures[form.id]);
  const frame = useRef<HTMLFieldSetElement>(null);
  const { name } = box;
  useEffect(() => {
    const first = frame.current?.querySelector<HTMLElement>('input:checked, input, select, textarea');
    (first ?? frame.current?.querySelector<HTMLElement>('button'))?.focus();
  }, []);
  const write = (change: Partial<BoxDraft>): void => void dispatch(boxWritten({ form: form.id, box, change }));
  const choices = choicesOf(box, form, rules);
  const fields = fieldsOf(box, draft, form);
  const gaps = gapsOf(form, box, draft);
  const confirm = (): void => {
    if (gaps.length === 0) void dispatch(confirmBox(form.id, box));
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) confirm();
    else if (event.key === 'Escape') dispatch(boxFolded(form.id));
    else return;
    event.preventDefault();
  };
  const area = (field: 'text' | 'reason', label: string): ReactNode => (
    <Input.TextArea
      value={draft[field]}
      aria-label={label}
      placeholder={label}
      autoSize={{ minRows: field === 'text' ? 2 : 1, maxRows: 8 }}
      maxLength={maxLength}
      onChange={(event) => write({ [field]: event.target.value })}
      data-testid={`box-${field}`}
    />
  );
  const hint = hintText({ t }, name);
  return (
    <fieldset
      className="box"
      aria-label={t(`box.${name}`)}
      ref={frame}
      onKeyDown={onKey}
      data-testid="action-box"
      data-value={name}
    >
      <h3 className="box-title">{t(`box.${name}`)}</h3>
      {name === 'call-back' && <CallBackLine form={form} />}
      {choices.length > 0 && (
        <ChoiceField
          label={choiceLabel({ t }, box)}
          options={choices.map((value) => ({ value, label: choiceText({ t, language, rules }, box, value) }))}
          value={draft.choice}
          onChange={(choice) => write({ choice })}
          testId="box-choice"
        />
      )}
      {fields.department && (
        <SelectField
          label={t('procedure.department')}
          options={rules.departments.map(({ code }) => ({
            value: code,
            label: departmentText({ language, rules }, code),
          }))}
          value={draft.department}
          onChange={(department) => write({ department })}
          testId="box-department"
        />
      )}
      {name === 'count' && (
        <div className="box-pair">
          <Input
            value={draft.callerName}
            aria-label={t('procedure.callers')}
            placeholder={t('procedure.callers')}
            maxLength={100}
            onChange={(event) => write({ callerName: event.target.value })}
            data-testid="box-caller"
          />
          <Input
            className="digits"
            value={draft.contactNumber}
            aria-label={t('procedure.number')}
            placeholder={t('procedure.number')}
            maxLength={40}
            onChange={(event) => write({ contactNumber: event.target.value })}
            data-testid="box-number"
          />
        </div>
      )}
      {name === 'merge' && <MergeTarget form={form} into={draft.into} onChoose={(into) => write({ into })} />}
      {fields.text !== 'none' &&
        area('text', fields.text === 'optional' ? optional(hint, t('procedure.remark')) : hint)}
      {fields.reason && area('reason', name === 'audit' ? t('procedure.reason') : hint)}
      {fields.assess && (
        <Checkbox
          checked={draft.assess !== null}
          onChange={(event) => write({ assess: event.target.checked ? freshAssessment(form, me) : null })}
          data-testid="box-also-assess"
        >
          {t('assess.also')}
        </Checkbox>
      )}
      {draft.assess && <AssessFields form={form} draft={draft.assess} onChange={(assess) => write({ assess })} />}
      {failure && (
        <p className="call-note note-bad" role="alert" data-testid="box-failure" data-value={failure.code}>
          {t('procedure.refused', { reason: refusalText(t, failure) })}
        </p>
      )}
      <div className="box-end">
        <Button type="primary" disabled={gaps.length > 0} loading={busy} onClick={confirm} data-testid="box-confirm">
          {t('procedure.send')}
        </Button>
        <Button type="text" onClick={() => dispatch(boxFolded(form.id))} data-testid="box-fold">
          {t('procedure.cancel')}
        </Button>
        <span className="quiet box-keys">{t('procedure.keys')}</span>
      </div>
    </fieldset>
  );
};

const optional = (hint: string, remark: string): string => hint || remark;

/** What is missing for the box to be done, with that of the assessment that goes with it. */
const gapsOf = (form: Form, box: Box, draft: BoxDraft): readonly Gap[] => {
  const answer = actionOf(box, { form, draft, contactId: null });
  const found = draft.assess && box.name !== 'assess' ? assessment(form.id, draft.id, draft.assess) : { gaps: [] };
  return [...('gaps' in answer ? answer.gaps : []), ...('gaps' in found ? found.gaps : [])];
};
