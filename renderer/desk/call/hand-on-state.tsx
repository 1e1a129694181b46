import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferView } from '../../../contract/transfer.ts';
import { KeyButton } from '../../app/parts/key-button.tsx';
import { useHotKeys } from '../../app/parts/use-hot-keys.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { stepTransfer } from '../../app/store/transfer-with-form.ts';

/** How a talk that is handed on stands, for who gives and for who receives, and what each may do next by one key. */
export const HandOnState = () => {
  const { t } = useTranslation();
  const { view, doing, unreachable, refused } = useDeskSelector((state) => state.transfer);
  const me = useDeskSelector(({ desk }) => desk.session?.person.staffNumber);
  const known = useDeskSelector(({ phone }) => {
    const calls = [...phone.snapshot.calls, ...(phone.lastEnded ? [phone.lastEnded] : [])];
    return calls.some((call) => call.contactId === view?.contactId);
  });
  if (doing) return <Note value={doing}>{t(`handOn.${doing}`)}</Note>;
  if (refused) return <Note value="refused">{t('handOn.refused')}</Note>;
  if (unreachable) return <Note value="unreachable">{t('handOn.end.unreachable')}</Note>;
  if (!view || !known || view.phase === 'preparing') return null;
  return view.giver === me ? <Given view={view} /> : <Received view={view} />;
};

const Note = ({ value, children }: { readonly value: string; readonly children: ReactNode }) => (
  <section className="call-note note-info hand-on-state" role="status" data-testid="hand-on-state" data-value={value}>
    {children}
  </section>
);

const Given = ({ view }: { readonly view: TransferView }) => {
  const { t } = useTranslation();
  const { phase, end, missedBy, formSent } = view;
  const words = { seat: view.receiver ?? '', role: t(`handOn.role.${view.to}`) };
  if (phase === 'ended') return end && <Note value={end}>{t(`handOn.end.${end}`, words)}</Note>;
  return (
    <Note value={phase}>
      {missedBy !== null && phase === 'waiting' && <p>{t('handOn.missed', { seat: missedBy })}</p>}
      <p>{t(`handOn.${wordOf(phase)}`, words)}</p>
      {!formSent && <p>{t('handOn.notSent')}</p>}
      {(phase === 'waiting' || phase === 'ringing' || phase === 'consulting') && (
        <Steps join={phase === 'consulting' ? t('handOn.join', words) : t('handOn.leave')} back />
      )}
    </Note>
  );
};

const wordOf = (phase: Exclude<TransferView['phase'], 'ended'>) => {
  switch (phase) {
    case 'preparing':
      return 'sending';
    case 'waiting-alone':
      return 'waitingAlone';
    case 'ringing-alone':
      return 'ringingAlone';
    case 'waiting':
    case 'ringing':
    case 'consulting':
      return phase;
    default:
      return phase satisfies never;
  }
};

const Received = ({ view: { phase, end, giver } }: { readonly view: TransferView }) => {
  const { t } = useTranslation();
  if (phase === 'consulting')
    return (
      <Note value={phase}>
        <p>{t('handOn.consulting', { seat: giver })}</p>
        <Steps join={t('handOn.takeOver')} />
      </Note>
    );
  switch (end) {
    case 'joined':
    case 'taken-back':
    case 'caller-gone':
      return <Note value={end}>{t(`handOn.received.${end}`, { giver })}</Note>;
    case 'not-answered':
      return <Note value={end}>{t('handOn.end.not-answered')}</Note>;
    case 'given-back':
    case 'nobody-on-duty':
    case 'no-such-talk':
    case null:
      return null;
    default:
      return end satisfies never;
  }
};

const Steps = ({ join, back = false }: { readonly join: string; readonly back?: boolean }) => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const onJoin = (): void => void dispatch(stepTransfer('join'));
  const onBack = (): void => void dispatch(stepTransfer('take-back'));
  useHotKeys({ 'hand-on-join': onJoin, 'hand-on-back': back ? onBack : undefined });
  return (
    <div className="call-buttons">
      <KeyButton hotKey="hand-on-join" testId="hand-on-join" type="primary" onClick={onJoin}>
        {join}
      </KeyButton>
      {back && (
        <KeyButton hotKey="hand-on-back" testId="hand-on-back" onClick={onBack}>
          {t('handOn.takeBack')}
        </KeyButton>
      )}
    </div>
  );
};
