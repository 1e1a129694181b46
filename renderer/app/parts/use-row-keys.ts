import { type KeyboardEvent, type RefObject, useEffect } from 'react';

/**
 * Arrow keys, Home and End over the rows of a list, which is ready for them as soon as it is `read` and nothing else
 * has the focus; `shown` names what the list shows.
 */
export const useRowKeys = (
  list: RefObject<HTMLElement | null>,
  read: boolean,
  shown: string,
): ((event: KeyboardEvent) => void) => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for what is shown, when its first read has come
  useEffect(() => {
    const rows = rowsOf(list.current);
    const first = rows.find((row) => row.getAttribute('aria-current') === 'true') ?? rows[0];
    if (read && document.activeElement === document.body) first?.focus();
  }, [read, shown]);
  return (event) => {
    const rows = rowsOf(list.current);
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const at = rows.findIndex((row) => row.matches(':focus'));
    rows[Math.max(0, Math.min(rows.length - 1, at + steps))]?.focus();
  };
};

const rowsOf = (list: HTMLElement | null): readonly HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('button[data-form]') ?? []),
];
