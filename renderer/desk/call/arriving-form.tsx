import { FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../contract/phone.ts';
import { showForm } from '../../app/store/edit-form.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';

/** The form that came with this call, told before anybody answers (J1, J3, S1, M1). */
export const ArrivingForm = ({ call: { form, giver, phase } }: { readonly call: CallView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const standing = useDeskSelector(({ editor }) => (form === null ? undefined : editor.views[form]?.form));
  const shown = useDeskSelector(({ editor }) => form !== null && editor.openForm === form && standing !== undefined);
  if (form === null) return null;
  const number = standing?.number ?? '…';
  return (
    <section className="call-note note-info" data-testid="arriving-form" data-form={form} data-here={Boolean(standing)}>
      {phase === 'ringing' && (
        <p>{giver === null ? t('handOn.arrivingAlone', { number }) : t('handOn.arriving', { giver, number })}</p>
      )}
      {!standing && <p className="quiet">{t('handOn.notHere')}</p>}
      {standing && !shown && (
        <Button
          block
          icon={<FileTextOutlined />}
          onClick={() => void dispatch(showForm(form))}
          data-testid="arriving-form-open"
        >
          {t('handOn.open')}
        </Button>
      )}
    </section>
  );
};
