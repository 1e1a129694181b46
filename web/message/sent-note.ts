import type { MessageAnswer } from '../../contract/web.ts';
import { statusLink } from '../../contract/web-paths.ts';
import { element } from '../elements.ts';
import { say } from '../words.ts';

/** What stands in the form's place once it was sent: the number to quote, and the link to keep. */
export const wireSentNote = (): { readonly show: (answer: MessageAnswer) => void } => {
  const form = element('message-form', HTMLFormElement);
  const heading = element('message-heading', HTMLElement);
  const note = element('sent', HTMLElement);
  const number = element('sent-number', HTMLElement);
  const link = element('sent-link', HTMLAnchorElement);
  const copied = element('copied', HTMLElement);
  const swap = (sent: boolean): void => {
    note.hidden = !sent;
    form.hidden = sent;
    heading.hidden = sent;
    copied.textContent = '';
  };
  element('copy-link', HTMLButtonElement).addEventListener('click', () => {
    navigator.clipboard.writeText(link.href).then(
      () => {
        copied.textContent = say('copied');
      },
      // Without the clipboard the address is shown, to be copied by hand.
      () => {
        copied.textContent = link.href;
      },
    );
  });
  element('another', HTMLButtonElement).addEventListener('click', () => {
    swap(false);
    heading.focus();
  });
  return {
    show: (answer) => {
      number.textContent = answer.number;
      link.href = statusLink(answer.statusToken);
      swap(true);
      element('sent-heading', HTMLElement).focus();
    },
  };
};
