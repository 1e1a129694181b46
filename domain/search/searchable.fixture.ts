import fc from 'fast-check';

/** Texts of so few different characters that random parts of one stand in another. */
export const searchable: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...['宽', '带', '掉', '线', '费', '网', '宽带', '掉线', '1', '3', '9', '0', '139', 'a', 'B', 'wifi', 'Ａ', '９'],
      ...[' ', '　', '\n', '，', '。', '%', '_', '"', "'", '-', '*', ':', '(', ')', '\\', 'AND', 'NOT', 'NEAR'],
      ...['é', 'ß', 'İ', 'ー', 'あ', '한', '𠮷', '😀', '\u0000', '\ud83d', '́'],
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));
