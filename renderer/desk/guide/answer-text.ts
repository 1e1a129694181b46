import type { TFunction } from 'i18next';
import type { Language } from '../../../domain/access/language.ts';
import type { GuideHindrance } from '../../../domain/forms/procedure/guide-answers.ts';
import type { AnswerWords } from '../../../domain/forms/procedure/guide-state.ts';
import type { ProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';

/** An answer as the agent reads it; reasons and departments by the centre's own names. */
export const answerText = (t: TFunction, language: Language, rules: ProcedureRules, words: AnswerWords): string => {
  switch (words.say) {
    case 'reason':
    case 'department': {
      const list = words.say === 'reason' ? rules.declineReasons : rules.departments;
      return list.find(({ code }) => code === words.code)?.[language] ?? words.code;
    }
    case 'form':
    case 'known-form':
      return t(`guideAnswer.${words.say}`, { number: words.number });
    default:
      return t(`guideAnswer.${words.say}`);
  }
};

/** Why an answer cannot be given yet. */
export const hindranceText = (t: TFunction, language: Language, hindrance: GuideHindrance): string =>
  hindrance.why === 'fields-missing'
    ? t('guideHindrance.fields-missing', {
        fields: hindrance.fields.map((name) => t(`field.${name}`)).join(language === 'zh' ? '、' : ', '),
      })
    : t(`guideHindrance.${hindrance.why}`);
