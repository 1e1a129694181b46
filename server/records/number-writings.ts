/** The number with and without the country code, as trunks, callers and agents write it. */
export const writingsOf = (number: string): readonly string[] => {
  const national = number.replace(/^(?:\+|00)86/, '');
  return [...new Set([number, national, `+86${national}`])];
};
