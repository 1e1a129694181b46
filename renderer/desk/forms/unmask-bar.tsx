import { EyeInvisibleOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../contract/ipc.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { unmaskForm } from '../../app/store/unmask-form.ts';

const longestReason = 200;

/** Says that personal data is masked, and shows it at one key; nothing where all is shown. */
export const UnmaskBar = ({ view }: { readonly view: FormView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [reason, setReason] = useState('');
  const masked = view.masked.length > 0;
  const show = (): void => void dispatch(unmaskForm(view.form.id, reason));
  useHotKeys({ unmask: masked ? show : undefined });
  if (!masked) return null;
  return (
    <section className="unmask" aria-label={t('unmask.label')} data-testid="unmask-bar">
      <span>
        <EyeInvisibleOutlined aria-hidden="true" /> {t('unmask.hidden')}
      </span>
      <Input
        size="small"
        value={reason}
        maxLength={longestReason}
        placeholder={t('unmask.reason')}
        aria-label={t('unmask.reason')}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={show}
        data-testid="unmask-reason"
      />
      <KeyButton hotKey="unmask" testId="unmask" size="small" onClick={show} title={t('unmask.logged')}>
        {t('unmask.show')}
      </KeyButton>
    </section>
  );
};
