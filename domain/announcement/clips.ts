import type { Language } from '../access/language.ts';

/**
 * The announcement of the staff number on answer (A3), as the names of clips played one after the
 * other: "工号 一〇〇一 为您服务", "Agent one zero zero one, at your service".
 *
 * Clips live in a folder a language, `zh/` and `en/`, as `<name>.wav`: `staff-number`, `0`…`9`,
 * `a`…`z`, `1-yao`, `at-your-service`.
 */
export const announcementClips = (
  staffNumber: string,
  language: Language,
  /** Mandarin telephone style reads 1 as 幺 (yāo). */
  style: { readonly sayYao: boolean } = { sayYao: false },
): readonly string[] => [
  `${language}/staff-number`,
  ...[...staffNumber.toLowerCase()].map(
    (sign) => `${language}/${sign === '1' && style.sayYao && language === 'zh' ? '1-yao' : sign}`,
  ),
  `${language}/at-your-service`,
];
