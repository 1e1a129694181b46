import type { TFunction } from 'i18next';
import type { Language } from '../../../domain/access/language.ts';
import { type ComplaintField, type ComplaintFields, complaintFieldNames } from '../../../domain/forms/complaint.ts';
import type { WrittenAction } from '../../../domain/forms/operations.ts';
import type { ProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { momentText, sizeText } from '../../app/i18n/format.ts';
import { clauseText, declineText, departmentText } from '../procedure/box-words.ts';
import { fieldText } from './field-text.ts';

interface Spoken {
  readonly t: TFunction;
  readonly language: Language;
  readonly rules: ProcedureRules;
  readonly now: number;
}

/** One thing that was written, in words. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** All that somebody wrote or chose in an operation; ids that only tell what it is about are left out. */
export const writtenFacts = (spoken: Spoken, written: WrittenAction): readonly Fact[] => {
  const { t, language, rules, now } = spoken;
  const fact = (label: string, value: string): readonly Fact[] => (value === '' ? [] : [{ label, value }]);
  const text = (value: string): readonly Fact[] => fact(t('written.text'), value);
  const reason = (value: string): readonly Fact[] => fact(t('written.reason'), value);
  const at = (value: number): string => momentText(value, now, language);
  const department = (code: string): readonly Fact[] =>
    fact(t('written.department'), departmentText({ language, rules }, code));
  switch (written.kind) {
    case 'form.open':
      return [
        ...fact(t('written.kind'), t(`written.formKind.${written.payload.kind}`)),
        ...fieldFacts(t, written.payload.fields),
        ...fact(t('written.attachments'), written.payload.attachments.map(({ name }) => name).join('; ')),
      ];
    case 'form.edit':
      return fieldFacts(t, written.payload.to);
    case 'form.note':
    case 'form.answer':
    case 'form.answer-order':
    case 'form.question-order':
    case 'form.reply-question':
    case 'form.answer-assessment':
    case 'form.check-back-answered':
      return text(written.payload.text);
    case 'form.attach':
      return fact(t('written.attachment'), `${written.payload.name} (${sizeText(written.payload.size)})`);
    case 'form.link-call':
      return [
        ...fact(t('written.caller'), written.payload.caller),
        ...fact(t('written.answeredAt'), at(written.payload.answeredAt)),
      ];
    case 'form.set-aside':
    case 'form.refuse-order':
    case 'form.pause':
      return reason(written.payload.reason);
    case 'form.transcribe':
      return fact(t('written.transcript'), written.payload.to);
    case 'form.try-callback':
      return [
        ...fact(t('written.outcome'), t(`tryOutcome.${written.payload.outcome}`)),
        ...fact(t('written.at'), at(written.payload.startedAt)),
      ];
    case 'form.check-back':
      return [
        ...fact(t('written.channel'), t(`checkBackChannel.${written.payload.channel}`)),
        ...fact(t('written.to'), written.payload.to),
        ...text(written.payload.text),
        ...fact(t('written.remindAt'), at(written.payload.remindAt)),
      ];
    case 'form.decline':
      return [...reason(declineText({ language, rules }, written.payload.reason)), ...text(written.payload.text)];
    case 'form.hand-over':
      return [
        ...fact(t('written.to'), t(`standing.to.${written.payload.to}`)),
        ...reason(t(`cause.${written.payload.cause}`)),
        ...text(written.payload.text),
      ];
    case 'form.order':
      return [
        ...fact(t('written.order'), t(`orderType.${written.payload.type}`)),
        ...department(written.payload.department),
        ...text(written.payload.text),
      ];
    case 'form.audit-order': {
      const { payload } = written;
      const verdict = fact(t('written.verdict'), t(`choice.${payload.verdict}`));
      if (payload.verdict === 'approve') return verdict;
      if (payload.verdict === 'refuse') return [...verdict, ...reason(payload.reason)];
      return [...verdict, ...department(payload.department), ...text(payload.text), ...reason(payload.reason)];
    }
    case 'form.hand-on-order':
      return [...department(written.payload.department), ...reason(written.payload.reason)];
    case 'form.check-reply': {
      const { payload } = written;
      const verdict = fact(t('written.verdict'), t(`choice.${payload.verdict}`));
      return payload.verdict === 'accept' ? verdict : [...verdict, ...reason(payload.reason)];
    }
    case 'form.decide':
    case 'form.settle-suggestion':
      return [...fact(t('written.end'), t(`choice.${written.payload.end}`)), ...text(written.payload.text)];
    case 'form.repeat': {
      const { attitude } = written.payload;
      return fact(t('written.attitude'), attitude === null ? t('written.unknownAttitude') : t(`choice.${attitude}`));
    }
    case 'form.supplement':
      return [...text(written.payload.text), ...fact(t('written.needs'), t(`choice.${written.payload.needs}`))];
    case 'form.call-back':
      return [
        ...fact(t('written.outcome'), t(`choice.${written.payload.outcome}`)),
        ...fact(t('written.source'), t(written.payload.source === 'keyed' ? 'standing.keyed' : 'standing.agentAsked')),
        ...text(written.payload.text),
      ];
    case 'form.assess': {
      const { agent, finding, clause, weight } = written.payload;
      return [
        ...fact(t('assess.agent'), agent),
        ...fact(t('assess.finding'), t(`finding.${finding}`)),
        ...fact(t('assess.clause'), clause === '' ? '' : clauseText({ language, rules }, clause)),
        ...fact(t('assess.weight'), String(weight)),
        ...text(written.payload.text),
      ];
    }
    case 'form.count':
      return [
        ...fact(t('field.callerName'), written.payload.callerName),
        ...fact(t('field.contactNumber'), written.payload.contactNumber),
        ...text(written.payload.text),
      ];
    case 'form.merge':
    case 'form.link':
      return fact(t('written.number'), written.payload.number);
    case 'form.use-article': {
      const { helped } = written.payload;
      const told = helped === null ? '' : t(helped ? 'written.yes' : 'written.no');
      return [...fact(t('written.helped'), told), ...text(written.payload.text)];
    }
    case 'form.unmask':
      return [
        ...fact(t('written.fields'), written.payload.fields.map((name) => t(`field.${name}`)).join('; ')),
        ...reason(written.payload.reason),
      ];
    case 'form.detach':
    case 'form.submit':
    case 'form.claim':
    case 'form.release':
    case 'form.resume':
    case 'form.settle-supplement':
    case 'form.split':
    case 'form.take':
    case 'form.put-back':
      return [];
    default:
      return written satisfies never;
  }
};

type SomeFields = { readonly [Name in ComplaintField]?: ComplaintFields[Name] | undefined };

const fieldFacts = (t: TFunction, fields: SomeFields): readonly Fact[] =>
  complaintFieldNames.flatMap((name) => {
    const value = fields[name];
    return value === undefined || value === null || value === ''
      ? []
      : [{ label: t(`field.${name}`), value: fieldText(t, name, value) }];
  });

/** A value that can be set beside what the centre has; null: it was not to be seen, or there is no form. */
export interface Comparison {
  readonly label: string;
  readonly saw: string | null;
  readonly wrote: string;
  readonly now: string | null;
}

/** What an edit wrote over, field by field. */
export const comparisons = (
  { t }: Pick<Spoken, 't'>,
  written: WrittenAction,
  centre: { readonly fields: ComplaintFields; readonly transcript: string } | null,
): readonly Comparison[] => {
  if (written.kind === 'form.transcribe') {
    const shown = (value: string): string => value || t('clash.empty');
    const { from, to } = written.payload;
    return [
      { label: t('written.transcript'), saw: shown(from), wrote: shown(to), now: centre && shown(centre.transcript) },
    ];
  }
  if (written.kind !== 'form.edit') return [];
  const { from, to } = written.payload;
  const said = (name: ComplaintField, value: string | null | undefined): string | null =>
    value === undefined ? null : fieldText(t, name, value);
  return complaintFieldNames
    .filter((name) => to[name] !== undefined)
    .map((name) => ({
      label: t(`field.${name}`),
      saw: said(name, from[name]),
      wrote: fieldText(t, name, to[name] ?? null),
      now: said(name, centre?.fields[name]),
    }));
};
