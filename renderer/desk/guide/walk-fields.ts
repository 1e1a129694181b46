import type { ComplaintField } from '../../../domain/forms/complaint.ts';

/** In the order in which a caller is asked. */
const order: readonly ComplaintField[] = ['callerName', 'contactNumber', 'account', 'text'];

const fieldAt = (name: ComplaintField): HTMLElement | null => document.getElementById(`field-${name}`);

const isEmpty = (field: HTMLElement | null): field is HTMLInputElement | HTMLTextAreaElement =>
  (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value === '' && !field.disabled;

/** Puts the focus into the first field that is still to be asked for after this one; the text takes what is left. */
const focusAfter = (at: number): void => {
  const next =
    order
      .slice(at + 1)
      .map(fieldAt)
      .find(isEmpty) ?? fieldAt('text');
  next?.focus();
};

/** Where the record of a form begins. */
export const focusFirstEmpty = (): void => focusAfter(-1);

/** Enter in a line of the form goes on to the next empty one; tells whether it did. */
export const walkOn = (event: KeyboardEvent): boolean => {
  if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.altKey || event.shiftKey) return false;
  const at = order.findIndex((name) => event.target === fieldAt(name) && event.target instanceof HTMLInputElement);
  if (at < 0) return false;
  focusAfter(at);
  return true;
};
