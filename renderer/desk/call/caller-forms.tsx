import { PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../contract/phone.ts';
import { type CallerForm, openFormsOfCaller } from '../../app/store/caller-forms.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { joinForm } from '../../app/store/work-calls.ts';

/** What this desk knows of the caller: forms not done yet, and a callback still owed to them (A3, A6). */
export const CallerForms = ({ call }: { readonly call: CallView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [forms, setForms] = useState<readonly CallerForm[]>([]);
  // The list is read anew whenever a form changes.
  const changed = useDeskSelector((state) => state.formList.forms);
  const { remote, callback } = call;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is owed may have been kept meanwhile
  useEffect(() => {
    let wanted = true;
    void dispatch(openFormsOfCaller({ remote, callback })).then((found) => wanted && setForms(found));
    return () => {
      wanted = false;
    };
  }, [remote, callback, changed, dispatch]);
  if (forms.length === 0) return null;
  return (
    <section className="caller-forms" aria-label={t('caller.forms')} data-testid="caller-forms">
      <h3 className="caption">{t('caller.forms')}</h3>
      <ul>
        {forms.map((form) => (
          <li key={form.id}>
            <Button
              type="text"
              block
              className="caller-form"
              onClick={() => void dispatch(joinForm(call, form))}
              data-testid="caller-form"
              data-form={form.id}
            >
              <span className="caller-form-top">
                <span className="digits quiet">{form.number}</span>
                {form.owed ? (
                  <span className="pill pill-warn">
                    <PhoneOutlined aria-hidden="true" /> {t('caller.callbackOwed')}
                  </span>
                ) : (
                  <span className="pill">{t(`status.${form.status}`)}</span>
                )}
              </span>
              <span className="row-excerpt">{form.excerpt || t('list.noText')}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
};
