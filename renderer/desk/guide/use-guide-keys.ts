import { useEffect, useRef, useState } from 'react';
import { isTyping } from '../../app/hot-keys.ts';
import { guideDigitOf } from './guide-keys.ts';

/** A dialog over the desk has the keys for itself. */
const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"]') !== null;

/** Hands each digit given to the guide to `onDigit`; returns whether the agent's focus is in a field now. */
export const useGuideKeys = (onDigit: (digit: number) => void): boolean => {
  const latest = useRef(onDigit);
  latest.current = onDigit;
  const [typing, setTyping] = useState(() => isTyping(document.activeElement));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const digit = guideDigitOf(event, isTyping(document.activeElement));
      if (digit === null || isInDialog(event.target)) return;
      event.preventDefault();
      latest.current(digit);
    };
    const onFocus = (): void => setTyping(isTyping(document.activeElement));
    // The focus is nowhere for an instant while it moves on.
    const onBlur = (): void => void setTimeout(onFocus, 0);
    window.addEventListener('keydown', onKey);
    window.addEventListener('focusin', onFocus);
    window.addEventListener('focusout', onBlur);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('focusin', onFocus);
      window.removeEventListener('focusout', onBlur);
    };
  }, []);
  return typing;
};
