import { BellOutlined, CheckOutlined, PhoneOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CheckBack, checkBacksDue } from '../../../../domain/forms/check-back.ts';
import type { Form } from '../../../../domain/forms/form.ts';
import { momentText } from '../../../app/i18n/format.ts';
import { useLanguage } from '../../../app/parts/use-language.ts';
import { useNow } from '../../../app/parts/use-now.ts';
import { useRight } from '../../../app/parts/use-right.ts';
import { performOnForm } from '../../../app/store/edit-form.ts';
import type { FormFailure } from '../../../app/store/editor-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../../app/store/store.ts';
import { commandPhone } from '../../../app/store/work-calls.ts';
import { targetOf } from '../../call/target-input.tsx';
import { refusalText } from '../../forms/refusal-text.ts';
import { CheckBackNew } from './check-back-new.tsx';

/** A4: every attempt to clear something up with the customer, with its answer or what it waits for. */
export const CheckBackList = ({ form }: { readonly form: Form }) => {
  const { t } = useTranslation();
  const clockOffsetMs = useDeskSelector((state) => state.desk.sync.clockOffsetMs);
  const now = useNow(true) + clockOffsetMs;
  const due = checkBacksDue(form, now);
  const mayWrite = useRight('form.edit');
  return (
    <div className="notes">
      {mayWrite && <CheckBackNew form={form} />}
      {form.checkBacks.length === 0 ? (
        <p className="quiet">{t('checkBack.none')}</p>
      ) : (
        <ol className="entries" data-testid="check-backs">
          {[...form.checkBacks].reverse().map((one) => (
            <Attempt key={one.id} form={form.id} attempt={one} due={due.includes(one)} now={now} />
          ))}
        </ol>
      )}
    </div>
  );
};

interface AttemptProps {
  readonly form: string;
  readonly attempt: CheckBack;
  readonly due: boolean;
  readonly now: number;
}

const Attempt = ({ form, attempt, due, now }: AttemptProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const at = (moment: number): string => momentText(moment, now, language);
  const target = attempt.channel === 'call' ? targetOf(attempt.to) : null;
  return (
    <li data-testid="check-back" data-value={attempt.answer ? 'answered' : due ? 'due' : 'open'}>
      <span className="entry-head">
        <strong>{t(`checkBackChannel.${attempt.channel}`)}</strong>
        <span className="digits">{attempt.to}</span>
        <span className="digits">{attempt.by}</span>
        <time className="quiet digits">{at(attempt.at)}</time>
        {attempt.channel === 'e-mail' && (
          <span className={['failed', 'unsure'].includes(attempt.sending?.outcome ?? '') ? 'pill pill-bad' : 'pill'}>
            {t(`sending.${attempt.sending?.outcome ?? 'waiting'}`)}
          </span>
        )}
        {due && (
          <span className="pill pill-warn">
            <BellOutlined aria-hidden="true" /> {t('checkBack.due')}
          </span>
        )}
      </span>
      <span className="entry-text">{attempt.text}</span>
      {attempt.sending?.detail && <span className="entry-line">{attempt.sending.detail}</span>}
      {attempt.answer ? (
        <span className="entry-text check-back-answer">
          <CheckOutlined aria-hidden="true" /> {attempt.answer.text}{' '}
          <span className="quiet digits">
            {attempt.answer.by} {at(attempt.answer.at)}
          </span>
        </span>
      ) : (
        <>
          {!due && <span className="entry-line">{t('checkBack.remindsAt', { at: at(attempt.remindAt) })}</span>}
          {target && (
            <Button
              size="small"
              icon={<PhoneOutlined />}
              onClick={() => void dispatch(commandPhone({ type: 'dial', target }))}
              data-testid="check-back-dial"
            >
              {t('call.dial')}
            </Button>
          )}
          <Answer form={form} id={attempt.id} />
        </>
      )}
    </li>
  );
};

const Answer = ({ form, id }: { readonly form: string; readonly id: string }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<FormFailure | null>(null);
  const record = async (): Promise<void> => {
    if (!text.trim()) return;
    const payload = { id, text: text.trim().slice(0, 4_000) };
    const answer = await dispatch(performOnForm({ form, kind: 'form.check-back-answered', payload }));
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) setText('');
  };
  return (
    <div className="note-new">
      <Input
        value={text}
        maxLength={4_000}
        placeholder={t('checkBack.answer')}
        aria-label={t('checkBack.answer')}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={() => void record()}
        data-testid="check-back-answer"
      />
      <Button disabled={!text.trim()} onClick={() => void record()} data-testid="check-back-answer-do">
        {t('checkBack.record')}
      </Button>
      {failure && <p className="field-problem">{refusalText(t, failure)}</p>}
    </div>
  );
};
