import { PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../../domain/forms/form.ts';
import { callBackTries } from '../../../domain/forms/procedure/call-back.ts';
import { isMasked } from '../../../domain/people/mask.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { commandPhone } from '../../app/store/work-calls.ts';
import { liveCalls } from '../call/calls.ts';
import { targetOf } from '../call/target-input.tsx';

/** Q1: how often the user was tried already, and the way to ring them. */
export const CallBackLine = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const max = useDeskSelector((state) => state.desk.sync.procedureRules.maxCallBackTries);
  const { calls, registration } = useDeskSelector((state) => state.phone.snapshot);
  const { contactNumber } = form.fields;
  // Who rings the user takes the form up first, or asks to see the number.
  const target = isMasked(contactNumber) ? null : targetOf(contactNumber);
  const free = registration.state === 'registered' && liveCalls(calls).length === 0;
  return (
    <div className="box-line">
      <span className="digits" data-testid="call-back-tries" data-value={callBackTries(form.procedure)}>
        {t('procedure.callBackTries', { tries: callBackTries(form.procedure), max })}
      </span>
      {target && (
        <Button
          size="small"
          icon={<PhoneOutlined />}
          disabled={!free}
          onClick={() => void dispatch(commandPhone({ type: 'dial', target }))}
          data-testid="call-back-dial"
        >
          {t('procedure.dial', { number: target })}
        </Button>
      )}
    </div>
  );
};
