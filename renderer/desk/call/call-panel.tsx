import { useTranslation } from 'react-i18next';
import { useDeskSelector } from '../../app/store/store.ts';
import { CallCard } from './call-card.tsx';
import { consultationOf, liveCalls, mainCall } from './calls.ts';
import { DialPad } from './dial-pad.tsx';
import { HandOnState } from './hand-on-state.tsx';
import { LastCall } from './last-call.tsx';
import { TryBox } from './try-box.tsx';

/** The left column: the call the agent is in, a second one under it, the dial box when there is none. */
export const CallPanel = () => {
  const { t } = useTranslation();
  const calls = useDeskSelector((state) => state.phone.snapshot.calls);
  const registered = useDeskSelector((state) => state.phone.snapshot.registration.state === 'registered');
  const ready = useDeskSelector((state) => state.desk.seat?.phase === 'ready');
  const main = mainCall(calls);
  const others = liveCalls(calls).filter((call) => call.id !== main?.id);
  const consultation = consultationOf(calls);
  return (
    <section className="panel call-panel" aria-label={t('call.title')} aria-live="polite">
      {main ? (
        <CallCard call={main} consultation={consultation} />
      ) : (
        <div className="call-idle" data-testid="call-idle">
          <h2>{t('call.idle')}</h2>
          <p className="quiet">{ready ? t('call.idleReady') : t('call.idleNotReady')}</p>
          {registered && <DialPad />}
        </div>
      )}
      {others.map((call) => (
        <div key={call.id} className="call-other">
          <h3 className="call-other-title">{t('call.otherCalls')}</h3>
          <CallCard call={call} consultation={consultation} second />
        </div>
      ))}
      <HandOnState />
      {!main && <TryBox />}
      {!main && <LastCall />}
    </section>
  );
};
