import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkBackChannels } from '../../../../domain/forms/check-back.ts';
import type { Form } from '../../../../domain/forms/form.ts';
import { performOnForm } from '../../../app/store/edit-form.ts';
import type { FormFailure } from '../../../app/store/editor-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../../app/store/store.ts';
import { refusalText } from '../../forms/refusal-text.ts';
import { addressFor, type CheckBackChannel, reminders, usualChannel } from './check-back-defaults.ts';

/** Asks the customer about what is unclear (A4); kept on the form with the time of a reminder. */
export const CheckBackNew = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const [channel, setChannel] = useState<CheckBackChannel>(usualChannel(form));
  const [to, setTo] = useState(addressFor(form, channel));
  const [text, setText] = useState('');
  const [remind, setRemind] = useState<keyof typeof reminders>('1-day');
  const [failure, setFailure] = useState<FormFailure | null>(null);
  const whole = to.trim() !== '' && text.trim() !== '';
  const choose = (next: CheckBackChannel): void => {
    setChannel(next);
    setTo(addressFor(form, next));
  };
  const ask = async (): Promise<void> => {
    if (!whole) return;
    const payload = {
      id: crypto.randomUUID(),
      channel,
      to: to.trim().slice(0, 320),
      text: text.trim().slice(0, 4_000),
      remindAt: Date.now() + clockOffsetMs + reminders[remind],
    };
    const answer = await dispatch(performOnForm({ form: form.id, kind: 'form.check-back', payload }));
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setText('');
  };
  return (
    <div className="check-back-new">
      <select
        id="check-back-channel"
        className="choice"
        value={channel}
        aria-label={t('checkBack.channel')}
        onChange={({ target }) => choose(checkBackChannels.find((one) => one === target.value) ?? channel)}
        data-testid="check-back-channel"
      >
        {checkBackChannels.map((one) => (
          <option key={one} value={one}>
            {t(`checkBackChannel.${one}`)}
          </option>
        ))}
      </select>
      <Input
        value={to}
        maxLength={320}
        aria-label={t('checkBack.to')}
        placeholder={t('checkBack.to')}
        onChange={(event) => setTo(event.target.value)}
        data-testid="check-back-to"
      />
      <Input.TextArea
        value={text}
        className="check-back-text"
        maxLength={4_000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        aria-label={t('checkBack.text')}
        placeholder={t('checkBack.text')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void ask();
        }}
        data-testid="check-back-text"
      />
      <select
        className="choice"
        value={remind}
        aria-label={t('checkBack.remind')}
        onChange={({ target }) => setRemind(reminderNames.find((one) => one === target.value) ?? remind)}
        data-testid="check-back-remind"
      >
        {reminderNames.map((one) => (
          <option key={one} value={one}>
            {t(`remind.${one}`)}
          </option>
        ))}
      </select>
      <Button disabled={!whole} onClick={() => void ask()} data-testid="check-back-ask">
        {t(channel === 'e-mail' ? 'checkBack.send' : 'checkBack.note')}
      </Button>
      {failure && <p className="field-problem">{refusalText(t, failure)}</p>}
    </div>
  );
};

const reminderNames = ['2-hours', '1-day', '3-days', '7-days'] as const satisfies readonly (keyof typeof reminders)[];
