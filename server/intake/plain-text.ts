/**
 * Text from outside as it may stand on a form: no control characters (PostgreSQL keeps no NUL), no half of
 * a pair of surrogates, at most `length` UTF-16 units.
 */
export const plainText = (text: string, length: number): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .slice(0, length)
    .replace(/\p{Surrogate}/gu, '');
