import type { Doable } from '../../../domain/forms/procedure/what-may-be-done.ts';

/** What an agent opens to do something to a form. */
export type BoxName =
  | 'answer'
  | 'decline'
  | 'hand-to-senior'
  | 'hand-to-manager'
  | 'propose'
  | 'dispatch'
  | 'chase'
  | 'return'
  | 'audit'
  | 'answer-order'
  | 'question-order'
  | 'reply-question'
  | 'refuse-order'
  | 'hand-on-order'
  | 'check-reply'
  | 'pause'
  | 'resume'
  | 'decide'
  | 'repeat'
  | 'supplement'
  | 'settle-supplement'
  | 'call-back'
  | 'assess'
  | 'answer-assessment'
  | 'count'
  | 'merge'
  | 'split'
  | 'settle-suggestion';

/** `about`: the order, supplement or assessment it is done to. */
export interface Box {
  readonly name: BoxName;
  readonly about: string | null;
}

const named = [
  ...(['answer', 'decline', 'hand-to-senior', 'hand-to-manager', 'answer-order', 'question-order'] as const),
  ...(['reply-question', 'refuse-order', 'hand-on-order', 'check-reply', 'pause', 'resume', 'decide'] as const),
  ...(['repeat', 'supplement', 'settle-supplement', 'call-back', 'assess', 'answer-assessment'] as const),
  ...(['count', 'merge', 'split', 'settle-suggestion'] as const),
] as const satisfies readonly Doable['event'][];

/**
 * The boxes in which what may be done is done. Submitting stands at the form's head, taking up beside the stage;
 * knowledge, links and personal data have places of their own.
 */
export const boxesFor = ({ event, about }: Doable): readonly Box[] => {
  switch (event) {
    case 'propose-order':
    case 'send-order':
      if (about !== null)
        return [
          { name: 'chase', about },
          { name: 'return', about },
        ];
      return [{ name: event === 'send-order' ? 'dispatch' : 'propose', about }];
    case 'audit-order':
      return [{ name: 'audit', about }];
    default: {
      const name = named.find((one) => one === event);
      return name ? [{ name, about }] : [];
    }
  }
};

/** Done by a click, with nothing to write. */
export const isDoneAtOnce = ({ name }: Box): boolean =>
  name === 'resume' || name === 'settle-supplement' || name === 'split';

export const boxKey = (form: string, { name, about }: Box): string => `${form} ${name} ${about ?? ''}`;
