import { element, make } from '../elements.ts';
import { onLanguageChanged, say } from '../words.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
/** What is shown of the keys pressed. */
const shownKeys = 24;

/** The key of a telephone that a key of the keyboard stands for; none while somebody types into a field. */
export const keyOf = (event: KeyboardEvent): string | undefined => {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return undefined;
  return keys.find((key) => key === event.key);
};

export const wirePad = (
  onPress: (key: string) => void,
): { readonly press: (key: string) => void; readonly clear: () => void } => {
  const keyed = element('keyed', HTMLElement);
  let pressed = '';
  const show = (): void => {
    keyed.textContent = pressed === '' ? '' : say('keyed', { keys: pressed });
  };
  const press = (key: string): void => {
    pressed = (pressed + key).slice(-shownKeys);
    show();
    onPress(key);
  };
  const buttons = keys.map((key) => {
    const button = make('button', key, { type: 'button', 'data-testid': `key-${key}` });
    button.addEventListener('click', () => press(key));
    return button;
  });
  element('pad', HTMLElement).append(...buttons);
  const label = (): void => {
    for (const button of buttons) button.setAttribute('aria-label', say('key', { key: button.textContent ?? '' }));
    show();
  };
  onLanguageChanged(label);
  label();
  return {
    press,
    clear: () => {
      pressed = '';
      show();
    },
  };
};
