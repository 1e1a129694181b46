import type { Language } from '../../../domain/access/language.ts';

/** What the centre's letters say round the words of a clerk. `subject` carries the form number answers are known by. */
export interface LetterText {
  readonly subject: string;
  readonly body: string;
}

export const checkBackLetter = (about: {
  readonly number: string;
  readonly question: string;
  readonly language: Language;
}): LetterText => {
  const { number, question, language } = about;
  switch (language) {
    case 'zh':
      return {
        subject: `请补充您反映的情况 [${number}]`,
        body: `您好：\n\n关于您反映的问题（编号 ${number}），我们还需要向您核实：\n\n${question}\n\n请直接回复本邮件，并保留主题中的编号。\n\n电信客户服务热线`,
      };
    case 'en':
      return {
        subject: `A question about your request [${number}]`,
        body: `Dear customer,\n\nabout your request ${number} we need to ask you:\n\n${question}\n\nPlease answer this e-mail and leave the number in its subject.\n\nTelecom customer hotline`,
      };
    default:
      return language satisfies never;
  }
};

export const receiptLetter = (about: { readonly number: string; readonly language: Language }): LetterText => {
  const { number, language } = about;
  switch (language) {
    case 'zh':
      return {
        subject: `我们已收到您的来信 [${number}]`,
        body: `您好：\n\n您的来信已收到，编号 ${number}，我们会尽快处理。\n如需补充，请直接回复本邮件，并保留主题中的编号。\n\n电信客户服务热线`,
      };
    case 'en':
      return {
        subject: `We have received your letter [${number}]`,
        body: `Dear customer,\n\nwe have received your letter and filed it under ${number}. We will deal with it as soon as we can.\nIf you want to add something, please answer this e-mail and leave the number in its subject.\n\nTelecom customer hotline`,
      };
    default:
      return language satisfies never;
  }
};

/** The language a customer wrote in; without a letter to tell by, that of most who write to us. */
export const languageOf = (text: string): Language => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/[a-z]+/gi)?.length ?? 0;
  return latin > han ? 'en' : 'zh';
};
