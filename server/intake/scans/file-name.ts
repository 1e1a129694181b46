/**
 * A file's name as somebody else gave it, made safe to show and to save: no path, no control characters,
 * nothing that turns the reading direction (`gpj.exe` shown as `exe.jpg`), at most 255 UTF-16 units.
 */
export const fileName = (given: string | undefined, otherwise: string): string => {
  const name = (given ?? '')
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/[\p{Cc}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/gu, '')
    .trim();
  if (name === undefined || /^\.*$/.test(name)) return otherwise;
  if (name.length <= 255) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return name.slice(0, 255 - extension.length).replace(/\p{Surrogate}/gu, '') + extension;
};
