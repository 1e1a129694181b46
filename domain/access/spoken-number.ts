import type { Language } from './language.ts';

/**
 * Numbers as the names of clips played one after the other, in the folder of each language:
 * `0`…`9` and the words below. Whole and not negative, up to what a bill or a wait can be.
 */

/** Words that numbers are made of besides the digits. */
export const numberWords: Record<Language, readonly string[]> = {
  zh: [
    'liang',
    'ten',
    'hundred',
    'thousand',
    'wan',
    'yi',
    'yuan',
    'jiao',
    'fen',
    'minus',
    'hour',
    'minute',
    'second',
    'month',
  ],
  en: [
    ...['10', '11', '12', '13', '14', '15', '16', '17', '18', '19'],
    ...['20', '30', '40', '50', '60', '70', '80', '90', 'hundred', 'thousand', 'million', 'and'],
    ...['yuan', 'fen', 'minus', 'hour', 'hours', 'minute', 'minutes', 'second', 'seconds'],
    ...Array.from({ length: 12 }, (_, month) => `month-${month + 1}`),
  ],
};

const inFolder = (language: Language, words: readonly string[]): readonly string[] =>
  words.map((word) => `${language}/${word}`);

/** Sign by sign, as telephone numbers are read; what is no digit is left out. */
export const spokenDigits = (digits: string, language: Language): readonly string[] =>
  inFolder(
    language,
    [...digits].filter((sign) => /\d/.test(sign)),
  );

/** A plain number: 105 is 一百零五, `one hundred five`. */
export const spokenNumber = (value: number, language: Language): readonly string[] =>
  inFolder(language, numberIn[language](value));

/** So many of something: Mandarin counts two as 两. */
const quantityIn: Record<Language, (value: number) => readonly string[]> = {
  zh: (value) => (value === 2 ? ['liang'] : chineseNumber(value)),
  en: (value) => englishNumber(value),
};

/** A sum of fen (1/100 yuan): 12345 is 一百二十三元四角五分, `one hundred twenty-three yuan and forty-five fen`. */
export const spokenMoney = (fen: number, language: Language): readonly string[] =>
  inFolder(language, [...(fen < 0 ? ['minus'] : []), ...moneyIn[language](Math.abs(fen))]);

/** Rounded to what helps: under a minute in seconds, then in minutes, from an hour on in both. */
export const spokenDuration = (seconds: number, language: Language): readonly string[] => {
  const count = quantityIn[language];
  const unit = (value: number, name: string) =>
    value === 0 ? [] : [...count(value), language === 'en' && value !== 1 ? `${name}s` : name];
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60)
    return inFolder(
      language,
      whole === 0 ? [...count(0), language === 'en' ? 'seconds' : 'second'] : unit(whole, 'second'),
    );
  const minutes = Math.round(whole / 60);
  return inFolder(language, [...unit(Math.floor(minutes / 60), 'hour'), ...unit(minutes % 60, 'minute')]);
};

export const spokenMonth = (month: number, language: Language): readonly string[] =>
  language === 'zh' ? inFolder('zh', [...chineseNumber(month), 'month']) : inFolder('en', [`month-${month}`]);

const placesOfTen = ['', 'ten', 'hundred', 'thousand'];

/** Up to four digits; a run of zeros inside is one 零, at the end nothing. */
const chineseUnderWan = (value: number): readonly string[] => {
  const digits = [...String(value)].map(Number);
  return digits.flatMap((digit, index) => {
    const place = digits.length - 1 - index;
    if (digit === 0)
      return index > 0 && digits[index - 1] !== 0 && digits.slice(index).some((rest) => rest !== 0) ? ['0'] : [];
    return [digit === 2 && place === 3 ? 'liang' : String(digit), ...(place === 0 ? [] : [placesOfTen[place] ?? ''])];
  });
};

const chineseNumber = (value: number): readonly string[] => {
  if (value === 0) return ['0'];
  // 十五, not 一十五, where the ten leads.
  if (value >= 10 && value < 20) return ['ten', ...(value === 10 ? [] : [String(value - 10)])];
  for (const [size, word] of [[100_000_000, 'yi'] as const, [10_000, 'wan'] as const]) {
    if (value < size) continue;
    const rest = value % size;
    const head = Math.floor(value / size);
    const gap = rest > 0 && rest < size / 10 ? ['0'] : [];
    return [...quantityIn.zh(head), word, ...gap, ...(rest === 0 ? [] : withLeadingTen(rest))];
  }
  return chineseUnderWan(value);
};

/** Inside a number the ten keeps its 一: 一万零一十五. */
const withLeadingTen = (value: number): readonly string[] =>
  value >= 10 && value < 20 ? ['1', ...chineseNumber(value)] : chineseNumber(value);

const englishUnderThousand = (value: number): readonly string[] => {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const head = hundreds === 0 ? [] : [String(hundreds), 'hundred'];
  if (rest === 0) return head;
  if (rest < 20) return [...head, String(rest)];
  return [...head, String(rest - (rest % 10)), ...(rest % 10 === 0 ? [] : [String(rest % 10)])];
};

const englishNumber = (value: number): readonly string[] => {
  if (value === 0) return ['0'];
  return [
    ...(value < 1_000_000 ? [] : [...englishNumber(Math.floor(value / 1_000_000)), 'million']),
    ...(value % 1_000_000 < 1_000
      ? []
      : [...englishUnderThousand(Math.floor((value % 1_000_000) / 1_000)), 'thousand']),
    ...englishUnderThousand(value % 1_000),
  ];
};

const numberIn: Record<Language, (value: number) => readonly string[]> = { zh: chineseNumber, en: englishNumber };

const moneyIn: Record<Language, (fen: number) => readonly string[]> = {
  zh: (sum) => {
    const [yuan, jiao, fen] = [Math.floor(sum / 100), Math.floor(sum / 10) % 10, sum % 10];
    const counted = (value: number, unit: string) => [...quantityIn.zh(value), unit];
    if (sum === 0) return ['0', 'yuan'];
    return [
      ...(yuan === 0 ? [] : counted(yuan, 'yuan')),
      // 一百元零五分: the place that is skipped is said.
      ...(jiao > 0 ? counted(jiao, 'jiao') : yuan > 0 && fen > 0 ? ['0'] : []),
      ...(fen > 0 ? counted(fen, 'fen') : []),
    ];
  },
  en: (sum) => {
    const [yuan, fen] = [Math.floor(sum / 100), sum % 100];
    if (sum === 0) return ['0', 'yuan'];
    return [
      ...(yuan === 0 ? [] : [...englishNumber(yuan), 'yuan']),
      ...(yuan > 0 && fen > 0 ? ['and'] : []),
      ...(fen === 0 ? [] : [...englishNumber(fen), 'fen']),
    ];
  },
};
