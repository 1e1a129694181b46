import type { Desk } from '../desk/launch-desk.ts';

/** The keyboard of an agent who touches nothing else: every key press beyond the text itself is kept. */
export interface CountedKeyboard {
  readonly press: (key: string, what: string) => Promise<void>;
  /** As an input method hands in what was composed: the text itself, not counted. */
  readonly write: (text: string) => Promise<void>;
  readonly presses: readonly { readonly key: string; readonly what: string }[];
}

export const countKeys = ({ deskPage }: Desk): CountedKeyboard => {
  const presses: { key: string; what: string }[] = [];
  return {
    press: async (key, what) => {
      presses.push({ key, what });
      await deskPage.keyboard.press(key);
    },
    write: (text) => deskPage.keyboard.insertText(text),
    presses,
  };
};
