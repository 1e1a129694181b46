interface PressedKey {
  /** `KeyboardEvent.code`: Alt changes the sign of a key on some layouts. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/**
 * The digit that a key press gives the guide: alone where nothing is typed, with Alt anywhere. 1–9 answer, 0 goes
 * back. The number pad with Alt is left to Windows, which makes signs of it.
 */
export const guideDigitOf = (pressed: PressedKey, typing: boolean): number | null => {
  if (pressed.repeat || pressed.ctrlKey || pressed.metaKey || pressed.shiftKey) return null;
  if (typing && !pressed.altKey) return null;
  const digit = (pressed.altKey ? /^Digit(\d)$/ : /^(?:Digit|Numpad)(\d)$/).exec(pressed.code)?.[1];
  return digit === undefined ? null : Number(digit);
};

/** As the agent reads it. */
export const guideKeyLabel = (digit: number, typing: boolean): string => (typing ? `Alt+${digit}` : String(digit));
