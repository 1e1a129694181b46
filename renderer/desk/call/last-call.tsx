import { useTranslation } from 'react-i18next';
import { clockTime, momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useDeskSelector } from '../../app/store/store.ts';

/** How the last call ended, in words. */
export const LastCall = () => {
  const { t } = useTranslation();
  const language = useLanguage();
  const call = useDeskSelector((state) => state.phone.lastEnded);
  const handedOn = useDeskSelector(
    ({ transfer: { view }, desk }) =>
      view?.end === 'joined' && view.contactId === call?.contactId && view.giver === desk.session?.person.staffNumber,
  );
  if (!call?.outcome) return null;
  const outcome = handedOn ? 'transferred' : call.outcome;
  return (
    <div className="last-call" data-testid="call-outcome" data-value={outcome}>
      <h3 className="caption">{t('call.lastCall')}</h3>
      <p className="digits last-call-number">{call.remote || t('call.withheld')}</p>
      <p>
        <strong>{t(`outcome.${outcome}`)}</strong>
        <span className="quiet digits">
          {' · '}
          {momentText(call.since, call.since, language)}
          {call.answeredAt !== null && ` · ${clockTime(call.since - call.answeredAt)}`}
        </span>
      </p>
    </div>
  );
};
