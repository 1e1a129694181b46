import type { Language } from '../access/language.ts';

/**
 * Clips that tell a customer who calls: 您好，这里是客户服务热线幺零零零，给您来电. A hotline's number is
 * read digit by digit, 1 as 幺, as telephone numbers are.
 */
export const callOutPrompts = (hotlineNumber: string, language: Language): readonly string[] => {
  const digits = [...hotlineNumber.replace(/\D/g, '')];
  const said = digits.map((digit) => (language === 'zh' && digit === '1' ? '1-yao' : digit));
  return ['this-is-the-hotline', ...said, 'is-calling-you'].map((clip) => `${language}/${clip}`);
};
