import { DatePicker, Input, TimePicker } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../contract/ipc.ts';
import {
  type ComplaintField,
  type ComplaintFields,
  channels,
  complaintTypes,
} from '../../../domain/forms/complaint.ts';
import { requiredToSubmit } from '../../../domain/forms/form-kind.ts';
import { isBeingRecorded } from '../../../domain/forms/perform.ts';
import { doubtOfIdNumber } from '../../../domain/people/id-number.ts';
import { mayDo, type Role } from '../../../domain/people/roles.ts';
import { saveForm } from '../../app/store/edit-form.ts';
import { fieldTyped } from '../../app/store/editor-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { ClashBox } from './clash-box.tsx';
import { clashingFields, type Draft, faultOf, shownFields } from './form-diff.ts';

const nobody: readonly Role[] = [];

interface FieldsProps {
  readonly view: FormView;
  readonly draft: Draft;
  readonly missing: readonly ComplaintField[];
}

/** All fields of a complaint, saved as they are typed; fixed for those who may not put them right any more. */
export const ComplaintFieldsBox = ({ view, draft, missing }: FieldsProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const form = view.form.id;
  const standing = view.form.fields;
  const shown = shownFields(standing, draft);
  const clashes = clashingFields(standing, draft);
  const required = requiredToSubmit[view.form.kind];
  const roles = useDeskSelector((state) => state.desk.session?.person.roles ?? nobody);
  const fixed = !mayDo(roles, 'form.edit') || !isBeingRecorded(view.form, roles);
  const masked: readonly ComplaintField[] = view.masked;
  const type = <Field extends ComplaintField>(field: Field, value: ComplaintFields[Field]): void => {
    dispatch(fieldTyped({ form, field, value }));
  };
  const save = (): void => void dispatch(saveForm(form));

  const faultText = (name: ComplaintField): string | null => {
    const fault = draft.typed[name] === undefined ? null : faultOf(name, shown[name]);
    if (fault?.code === 'tooLong') return t('invalid.tooLong', { max: fault.max, length: fault.length });
    return fault ? t('invalid.wrong') : null;
  };
  /** Not in the way of anything: other papers have other numbers. */
  const doubt = masked.includes('idNumber') ? null : doubtOfIdNumber(shown.idNumber);
  const common = (name: ComplaintField) => ({
    id: `field-${name}`,
    'data-testid': `field-${name}`,
    disabled: fixed || masked.includes(name),
    onBlur: save,
    'aria-required': required.includes(name),
    'aria-invalid': faultText(name) !== null || missing.includes(name),
    'aria-describedby': `field-${name}-problem`,
  });
  const status = (name: ComplaintField) =>
    faultText(name) !== null || missing.includes(name) ? ('error' as const) : ('' as const);

  const frame = (name: ComplaintField, control: ReactNode, wide = false) => (
    <div className={wide ? 'field field-wide' : 'field'} key={name}>
      <label htmlFor={`field-${name}`}>
        {t(`field.${name}`)}
        {required.includes(name) && (
          <span className="required" title={t('form.required')}>
            *<span className="unseen">{t('form.required')}</span>
          </span>
        )}
      </label>
      {control}
      <p className="field-problem" id={`field-${name}-problem`}>
        {faultText(name)}
        {name === 'idNumber' && doubt && <span className="field-doubt">{t(`idNumber.${doubt}`)}</span>}
      </p>
      {clashes.includes(name) && <ClashBox form={form} field={name} mine={shown[name]} theirs={standing[name]} />}
    </div>
  );
  const textField = (
    name: 'callerName' | 'contactNumber' | 'account' | 'idNumber' | 'happenedWhere' | 'forwardedBy',
    wide = false,
  ) =>
    frame(
      name,
      <Input
        {...common(name)}
        autoComplete="off"
        value={shown[name]}
        status={status(name)}
        className={name === 'contactNumber' || name === 'account' || name === 'idNumber' ? 'digits' : ''}
        onChange={(event) => type(name, event.target.value)}
      />,
      wide,
    );

  const [date = '', time = ''] = shown.happenedAt.split('T');
  const dateValue = date ? dayjs(date, 'YYYY-MM-DD') : null;
  const timeValue = time ? dayjs(`${date}T${time}`) : null;
  return (
    <fieldset className="fields" aria-label={t('form.label')}>
      {textField('callerName')}
      {textField('contactNumber')}
      {textField('account')}
      {textField('idNumber')}
      {frame(
        'complaintType',
        <select
          {...common('complaintType')}
          className={`choice ${missing.includes('complaintType') ? 'choice-wrong' : ''}`}
          value={shown.complaintType ?? ''}
          onChange={(event) => type('complaintType', complaintTypes.find((one) => one === event.target.value) ?? null)}
        >
          <option value="">{t('placeholder.choose')}</option>
          {complaintTypes.map((one) => (
            <option key={one} value={one}>
              {t(`complaintType.${one}`)}
            </option>
          ))}
        </select>,
      )}
      {frame(
        'happenedAt',
        <div className="when">
          <DatePicker
            id="field-happenedAt"
            data-testid="field-happenedAt"
            disabled={fixed}
            value={dateValue}
            placeholder={t('placeholder.date')}
            onBlur={save}
            onChange={(next) => type('happenedAt', next ? `${next.format('YYYY-MM-DD')}${time ? `T${time}` : ''}` : '')}
          />
          <TimePicker
            id="field-happenedAt-time"
            data-testid="field-happenedAt-time"
            aria-label={t('field.happenedAtTime')}
            format="HH:mm"
            needConfirm={false}
            disabled={fixed || !date}
            value={timeValue}
            placeholder={t('placeholder.time')}
            onBlur={save}
            onChange={(next) => type('happenedAt', next ? `${date}T${next.format('HH:mm')}` : date)}
          />
        </div>,
      )}
      {frame(
        'channel',
        <select
          {...common('channel')}
          className="choice"
          value={shown.channel}
          onChange={(event) => type('channel', channels.find((one) => one === event.target.value) ?? shown.channel)}
        >
          {channels.map((one) => (
            <option key={one} value={one}>
              {t(`channel.${one}`)}
            </option>
          ))}
        </select>,
      )}
      {textField('happenedWhere', true)}
      {(shown.channel === 'letter' || shown.channel === 'fax' || shown.forwardedBy !== '') &&
        textField('forwardedBy', true)}
      {frame(
        'text',
        <Input.TextArea
          {...common('text')}
          value={shown.text}
          status={status('text')}
          placeholder={t('placeholder.text')}
          autoSize={{ minRows: 5, maxRows: 14 }}
          onChange={(event) => type('text', event.target.value)}
        />,
        true,
      )}
    </fieldset>
  );
};
