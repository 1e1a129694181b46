import { Fragment } from 'react';
import { markWords } from './mark-words.ts';

/** A text with the words looked for set off. */
export const MarkedText = ({ text, words }: { readonly text: string; readonly words: string }) => (
  <>
    {markWords(text, words).map((part) =>
      part.marked ? <mark key={part.at}>{part.text}</mark> : <Fragment key={part.at}>{part.text}</Fragment>,
    )}
  </>
);
