import { type RefObject, useEffect, useRef } from 'react';
import type { GuidePage } from '../../../domain/forms/procedure/guide-answers.ts';
import type { GuideState } from '../../../domain/forms/procedure/guide-state.ts';
import { focusFirstEmpty, walkOn } from './walk-fields.ts';

export const guideBoxId = 'guide-words';

/**
 * Brings the focus to where the next question is answered: its box, the form beside, or the question itself, so that
 * a digit alone is enough. A guide that has just come onto the screen takes the focus from nobody.
 */
export const useGuideFocus = (
  { step, path }: GuideState,
  wanted: GuidePage['focus'],
  question: RefObject<HTMLElement | null>,
): void => {
  const place = `${path.length} ${step}`;
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    if (wanted === 'box') document.getElementById(guideBoxId)?.focus();
    else if (wanted === 'record') focusFirstEmpty();
    else question.current?.focus();
  }, [place, wanted, question]);
  useEffect(() => {
    if (wanted !== 'record') return;
    const onKey = (event: KeyboardEvent): void => {
      if (walkOn(event)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [wanted]);
};
