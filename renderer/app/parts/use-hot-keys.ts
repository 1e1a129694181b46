import { useEffect, useRef } from 'react';
import { type HotKeyAction, hotKeyOf, isTyping } from '../hot-keys.ts';

type Acts = { readonly [Action in HotKeyAction]?: (() => void) | undefined };

/** Does what the keys ask for while the caller is on the screen; what it does not name is left to others. */
export const useHotKeys = (acts: Acts): void => {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const action = hotKeyOf(event, isTyping(document.activeElement));
      const act = action && latest.current[action];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
};
