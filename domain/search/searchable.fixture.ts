import fc from 'fast-check';

const parts = fc.constantFrom(
  ...['宽', '带', '掉', '线', '费', '网', '宽带', '掉线', '1', '3', '9', '0', '139', 'a', 'B', 'wifi', 'Ａ', '９'],
  ...[' ', '　', '\n', '，', '。', '%', '_', '"', "'", '-', '*', ':', '(', ')', '\\', 'AND', 'NOT', 'NEAR'],
  ...['é', 'ß', 'İ', 'ー', 'あ', '한', '𠮷', '😀', '\u0000', '\ud83d', '́'],
);

const joined = (longest: number): fc.Arbitrary<string> =>
  fc.array(parts, { maxLength: longest }).map((some) => some.join(''));

/** Texts of so few different characters that random parts of one stand in another. */
export const searchable = joined(14);

/** What is looked for in them: short enough to be found now and then. */
export const searchedFor = joined(4);
