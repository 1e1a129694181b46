import type { ReactNode } from 'react';
import { momentText } from '../../app/i18n/format.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { useNow } from '../../app/parts/use-now.ts';

interface EntryProps {
  readonly head: string;
  readonly by: string;
  readonly at: number;
  readonly text?: string;
  readonly children?: ReactNode;
}

/** Something said or done: what, by whom, when, in which words. */
export const Entry = ({ head, by, at, text = '', children }: EntryProps) => {
  const language = useLanguage();
  const now = useNow(false);
  return (
    <li>
      <span className="entry-head">
        <strong>{head}</strong>
        <span className="digits">{by}</span>
        <time className="quiet digits">{momentText(at, now, language)}</time>
      </span>
      {text !== '' && <span className="entry-text">{text}</span>}
      {children}
    </li>
  );
};
