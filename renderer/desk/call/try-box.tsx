import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { tryOutcomes } from '../../../domain/forms/callback.ts';
import { isTyping } from '../../app/hot-keys.ts';
import { bookTry } from '../../app/store/call-back.ts';
import { tryPutAway } from '../../app/store/callback-slice.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';

/** After a callback: what came of it, as the call's end suggests; one key confirms or corrects. */
export const TryBox = () => {
  const { t } = useTranslation();
  const dispatch = useDeskDispatch();
  const toBook = useDeskSelector((state) => state.callback.toBook);
  const suggested = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (toBook && !isTyping(document.activeElement)) suggested.current?.focus();
  }, [toBook]);
  useEffect(() => {
    if (!toBook) return;
    const onKey = (event: KeyboardEvent): void => {
      const outcome = tryOutcomes[Number(event.key) - 1];
      if (!outcome || isTyping(document.activeElement) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      void dispatch(bookTry(outcome));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [toBook, dispatch]);
  if (!toBook) return null;
  return (
    <fieldset className="try-box" aria-label={t('callback.outcome')} data-testid="try-box">
      <p>
        {t('callback.outcome')} <strong className="digits">{toBook.number}</strong>
      </p>
      <div className="try-outcomes">
        {tryOutcomes.map((outcome, index) => (
          <Button
            key={outcome}
            ref={outcome === toBook.outcome ? suggested : null}
            type={outcome === toBook.outcome ? 'primary' : 'default'}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => void dispatch(bookTry(outcome))}
            data-testid={`try-${outcome}`}
          >
            <span>{t(`tryOutcome.${outcome}`)}</span>
            <span className="key" aria-hidden="true">
              {index + 1}
            </span>
          </Button>
        ))}
      </div>
      <p className="quiet">{t(toBook.outcome ? 'callback.bookedSoon' : 'callback.notRung')}</p>
      {toBook.outcome === null && (
        <Button onClick={() => dispatch(tryPutAway())} data-testid="try-put-away">
          {t('callback.noTry')}
        </Button>
      )}
    </fieldset>
  );
};
