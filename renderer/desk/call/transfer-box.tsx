import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../contract/phone.ts';
import { useDeskDispatch } from '../../app/store/store.ts';
import { commandPhone } from '../../app/store/work-calls.ts';
import type { Consultation } from './calls.ts';
import { TargetInput, targetOf } from './target-input.tsx';

/** Blind and attended transfer: a target, at once or after asking; then complete or cancel. */
export const TransferBox = ({
  call,
  consultation,
}: {
  readonly call: CallView;
  readonly consultation: Consultation | null;
}) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const target = targetOf(typed);

  if (consultation) {
    const { held, consulted } = consultation;
    const cancel = async (): Promise<void> => {
      await dispatch(commandPhone({ type: 'hang-up', call: consulted.id }));
      await dispatch(commandPhone({ type: 'resume', call: held.id }));
    };
    return (
      <div className="transfer" data-testid="consultation">
        <p className="call-note note-info">{t('transfer.consulting', { remote: consulted.remote })}</p>
        <div className="call-buttons">
          <Button
            type="primary"
            disabled={consulted.phase !== 'talking'}
            onClick={() =>
              void dispatch(commandPhone({ type: 'transfer-attended', call: held.id, consultation: consulted.id }))
            }
            data-testid="transfer-complete"
          >
            {t('transfer.complete')}
          </Button>
          <Button onClick={() => void cancel()} data-testid="transfer-cancel">
            {t('transfer.cancel')}
          </Button>
        </div>
        <TransferState call={held} />
      </div>
    );
  }

  const consult = async (): Promise<void> => {
    if (!target) return;
    if (call.phase === 'talking') await dispatch(commandPhone({ type: 'hold', call: call.id }));
    await dispatch(commandPhone({ type: 'dial', target }));
  };
  const blind = (): void => {
    if (target) void dispatch(commandPhone({ type: 'transfer-blind', call: call.id, target }));
  };
  return (
    <div className="transfer">
      <Button
        block
        icon={<SwapOutlined />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        data-testid="call-transfer"
      >
        {t('call.transfer')}
      </Button>
      {open && (
        <div className="transfer-target">
          <TargetInput
            value={typed}
            onChange={setTyped}
            onEnter={blind}
            label={t('transfer.target')}
            testId="transfer-target"
          />
          <div className="call-buttons">
            <Button disabled={!target} onClick={blind} data-testid="transfer-blind">
              {t('transfer.blind')}
            </Button>
            <Button disabled={!target} onClick={() => void consult()} data-testid="transfer-consult">
              {t('transfer.consult')}
            </Button>
          </div>
        </div>
      )}
      <TransferState call={call} />
    </div>
  );
};

const TransferState = ({ call }: { readonly call: CallView }) => {
  const { t } = useTranslation();
  if (!call.transfer) return null;
  return (
    <p
      className={`call-note ${call.transfer === 'failed' ? 'note-bad' : 'note-info'}`}
      role="status"
      data-testid="transfer-state"
      data-value={call.transfer}
    >
      {t(`transfer.${call.transfer}`)}
    </p>
  );
};
