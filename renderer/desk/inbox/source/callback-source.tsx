import { CheckOutlined, PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../../contract/ipc.ts';
import { callbackState } from '../../../../domain/forms/callback.ts';
import type { Origin } from '../../../../domain/forms/origin.ts';
import { momentText } from '../../../app/i18n/format.ts';
import { KeyButton } from '../../../app/parts/key-button.tsx';
import { useHotKeys } from '../../../app/parts/use-hot-keys.ts';
import { useLanguage } from '../../../app/parts/use-language.ts';
import { useNow } from '../../../app/parts/use-now.ts';
import { callBack, closeAsRungFirst, whyNotDial } from '../../../app/store/call-back.ts';
import { useDeskDispatch, useDeskSelector } from '../../../app/store/store.ts';

interface CallbackSourceProps {
  readonly view: FormView;
  readonly origin: Extract<Origin, { via: 'callback' }>;
}

/** A customer to be rung back (A6, A9): number, window, tries, and the one click that dials. */
export const CallbackSource = ({ view, origin }: CallbackSourceProps) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const { clockOffsetMs, callbackRules } = useDeskSelector((state) => state.desk.sync);
  const staffNumber = useDeskSelector((state) => state.desk.session?.person.staffNumber ?? '');
  const registered = useDeskSelector((state) => state.phone.snapshot.registration.state === 'registered');
  const calls = useDeskSelector((state) => state.phone.snapshot.calls);
  const now = useNow(true) + clockOffsetMs;
  const { form } = view;
  const standing = callbackState(form, now, callbackRules);
  const why = whyNotDial(form, { staffNumber, registered, calls });
  const dial = (): void => void dispatch(callBack(form));
  useHotKeys({ 'call-back': dial });
  const at = (moment: number): string => momentText(moment, now, language);
  const rangFirst =
    standing?.state === 'reached' ? undefined : form.calls.find((call) => call.answeredAt > origin.askedAt);
  return (
    <div className="callback" data-testid="callback" data-value={standing?.state}>
      <p className="digits callback-number" data-testid="callback-number">
        {origin.number}
      </p>
      {standing && (
        <p className={`call-note ${tones[standing.state]}`} role="status">
          {standing.state === 'later' && t('callback.later', { at: at(standing.at) })}
          {standing.state === 'due' && t('callback.due')}
          {standing.state === 'reached' && t('callback.reached', { at: at(standing.at) })}
          {standing.state === 'needs-person' && t(`callbackNeeds.${standing.reason}`)}
        </p>
      )}
      {rangFirst && (
        <div className="call-note note-info" data-testid="rang-first">
          <p>{t('callback.rangFirst', { at: at(rangFirst.answeredAt) })}</p>
          <Button
            icon={<CheckOutlined />}
            disabled={form.work.state !== 'claimed' || form.work.by !== staffNumber}
            onClick={() => void dispatch(closeAsRungFirst(form.id, rangFirst))}
            data-testid="close-callback"
          >
            {t('callback.close')}
          </Button>
        </div>
      )}
      <KeyButton
        hotKey="call-back"
        testId="callback-dial"
        type="primary"
        block
        disabled={why !== null}
        icon={<PhoneOutlined />}
        onClick={dial}
      >
        {t('callback.dial')}
      </KeyButton>
      {why && <p className="quiet">{t(`callbackWhyNot.${why}`)}</p>}
      <dl className="facts">
        <dt>{t('callback.window')}</dt>
        <dd className="digits">
          {at(origin.window.from)} – {at(origin.window.to)}
        </dd>
        <dt>{t('callback.asked')}</dt>
        <dd className="digits">{at(origin.askedAt)}</dd>
        {origin.caller !== origin.number && (
          <>
            <dt>{t('callback.calledFrom')}</dt>
            <dd className="digits">{origin.caller || t('call.withheld')}</dd>
          </>
        )}
        <dt>{t('callback.language')}</dt>
        <dd>{t(`language.${origin.language}`)}</dd>
        <dt>{t('callback.owner')}</dt>
        <dd className="digits">{'by' in form.work ? form.work.by : t('callback.nobody')}</dd>
      </dl>
      <h3 className="caption">{t('callback.tries')}</h3>
      {form.callbackTries.length === 0 ? (
        <p className="quiet">{t('callback.noTries')}</p>
      ) : (
        <ol className="entries" data-testid="callback-tries">
          {form.callbackTries.map((one) => (
            <li key={one.operation}>
              <span className="entry-head">
                <strong>{t(`tryOutcome.${one.outcome}`)}</strong>
                <span className="digits">{one.by}</span>
                <time className="quiet digits">{at(one.startedAt)}</time>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
};

const tones = { later: '', due: 'note-good', reached: 'note-good', 'needs-person': 'note-warn' } as const;
