import { PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeskDispatch } from '../../app/store/store.ts';
import { commandPhone } from '../../app/store/work-calls.ts';
import { TargetInput, targetOf } from './target-input.tsx';

export const DialPad = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [typed, setTyped] = useState('');
  const target = targetOf(typed);
  const dial = (): void => {
    if (target) void dispatch(commandPhone({ type: 'dial', target }));
  };
  return (
    <div className="dial">
      <TargetInput value={typed} onChange={setTyped} onEnter={dial} label={t('call.dial')} testId="dial-target" />
      <Button icon={<PhoneOutlined />} disabled={!target} onClick={dial} data-testid="dial">
        {t('call.dial')}
      </Button>
    </div>
  );
};
