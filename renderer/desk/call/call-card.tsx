import {
  AudioMutedOutlined,
  AudioOutlined,
  CaretRightOutlined,
  CrownOutlined,
  FileAddOutlined,
  PauseOutlined,
  PhoneOutlined,
} from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallView, PhoneCommand } from '../../../contract/phone.ts';
import { clockTime } from '../../app/i18n/format.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useNow } from '../../app/parts/use-now.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { commandPhone, showCallForm } from '../../app/store/work-calls.ts';
import { AnnouncementLine } from './announcement-line.tsx';
import { ArrivingForm } from './arriving-form.tsx';
import { CallerForms } from './caller-forms.tsx';
import type { Consultation } from './calls.ts';
import { HandOnBox } from './hand-on-box.tsx';
import { Keypad } from './keypad.tsx';
import { QualityLine } from './quality-line.tsx';
import { RatingButton } from './rating-button.tsx';
import { TransferBox } from './transfer-box.tsx';

interface CallCardProps {
  readonly call: CallView;
  readonly consultation: Consultation | null;
  /** The call under the main one: shown without the tools of the main one. */
  readonly second?: boolean;
}

/** One call: who, where from, in which phase, and all the agent can do with it. */
export const CallCard = ({ call, consultation, second = false }: CallCardProps) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const now = useNow(true);
  const send = (command: PhoneCommand) => (): void => void dispatch(commandPhone(command));
  const inTalk = call.phase === 'talking' || call.phase === 'held';
  const since = inTalk && call.answeredAt !== null ? call.answeredAt : call.since;
  const testId = (name: string): string => (second ? `second-${name}` : name);
  return (
    <article className={`call call-${call.phase}`} data-testid={testId('call-card')}>
      <header className="call-head">
        <span className="call-phase" data-testid={testId('call-phase')} data-value={call.phase}>
          {t(`phase.${call.phase}`)}
        </span>
        <time className="digits call-timer" aria-live="off" data-testid={testId('call-timer')}>
          {clockTime(now - since)}
        </time>
      </header>
      <p className="digits call-remote" data-testid={testId('call-remote')}>
        {call.remote || t(call.origin === 'web' ? 'call.fromWeb' : 'call.withheld')}
      </p>
      <p className="call-facts">
        {call.priority === 'key-account' && (
          <span className="pill pill-warn" data-testid={testId('key-account')}>
            <CrownOutlined aria-hidden="true" /> {t('call.keyAccount')}
          </span>
        )}
        {call.service && (
          <span className="pill pill-strong">
            {call.service} {t(`service.${call.service}`)}
          </span>
        )}
        {call.direction === 'in' && <span className="pill">{t(`language.${call.language}`)}</span>}
        {call.waitedSeconds !== null && (
          <span className="pill digits">{t('call.waited', { time: clockTime(call.waitedSeconds * 1_000) })}</span>
        )}
      </p>
      {call.announcement && !second && <AnnouncementLine report={call.announcement} />}
      {call.muted && (
        <p className="call-note note-warn" role="status">
          <AudioMutedOutlined aria-hidden="true" /> {t('muted')}
        </p>
      )}
      {call.phase === 'ringing' && (
        <div className="call-buttons">
          <KeyButton
            hotKey="answer"
            testId={testId('call-answer')}
            type="primary"
            className="answer"
            icon={<PhoneOutlined />}
            onClick={send({ type: 'answer', call: call.id })}
          >
            {t('call.answer')}
          </KeyButton>
          <KeyButton
            hotKey="hang-up"
            testId={testId('call-decline')}
            danger
            onClick={send({ type: 'decline', call: call.id })}
          >
            {t('call.decline')}
          </KeyButton>
        </div>
      )}
      {call.phase !== 'ringing' && (
        <div className="call-buttons">
          <KeyButton
            hotKey={second ? null : 'hold'}
            testId={testId('call-hold')}
            disabled={!inTalk}
            icon={call.phase === 'held' ? <CaretRightOutlined /> : <PauseOutlined />}
            onClick={send({ type: call.phase === 'held' ? 'resume' : 'hold', call: call.id })}
          >
            {t(call.phase === 'held' ? 'call.resume' : 'call.hold')}
          </KeyButton>
          {!second && (
            <KeyButton
              hotKey="mute"
              testId="call-mute"
              disabled={!inTalk}
              aria-pressed={call.muted}
              icon={call.muted ? <AudioMutedOutlined /> : <AudioOutlined />}
              onClick={send({ type: call.muted ? 'unmute' : 'mute', call: call.id })}
            >
              {t(call.muted ? 'call.unmute' : 'call.mute')}
            </KeyButton>
          )}
          {!second && (
            <Popover
              trigger="click"
              placement="bottom"
              destroyOnHidden
              content={<Keypad onDigit={(digit) => send({ type: 'dtmf', call: call.id, digit })()} />}
            >
              <Button disabled={call.phase !== 'talking'} data-testid="call-keypad">
                {t('call.keypad')}
              </Button>
            </Popover>
          )}
          <KeyButton
            hotKey={second ? null : 'hang-up'}
            testId={testId('call-hangup')}
            danger
            type="primary"
            icon={<PhoneOutlined rotate={225} />}
            onClick={send({ type: 'hang-up', call: call.id })}
          >
            {t('call.hangUp')}
          </KeyButton>
        </div>
      )}
      {call.form !== null && <ArrivingForm call={call} />}
      {!second && call.direction === 'in' && <CallerForms call={call} />}
      {!second && inTalk && <HandOnBox call={call} />}
      {!second && inTalk && <TransferBox call={call} consultation={consultation} />}
      {!second && <RatingButton call={call} />}
      {!second && <CallFormButton call={call} />}
      {call.quality && !second && <QualityLine quality={call.quality} />}
    </article>
  );
};

const CallFormButton = ({ call }: { readonly call: CallView }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const contact = useDeskSelector((state) => (call.contactId ? state.contacts[call.contactId] : undefined));
  if (call.direction !== 'in' || call.answeredAt === null) return null;
  return (
    <div className="call-form">
      {contact?.waitingForm && (
        <p className="call-note note-info" role="status">
          {t('call.formWaiting', { number: contact.waitingForm.number })}
        </p>
      )}
      <KeyButton
        hotKey="call-form"
        testId="call-form"
        block
        icon={<FileAddOutlined />}
        onClick={() => void dispatch(showCallForm())}
      >
        {t(contact?.forms.length ? 'call.openForm' : 'call.newForm')}
      </KeyButton>
    </div>
  );
};
