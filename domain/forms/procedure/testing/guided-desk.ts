import type { ComplaintFields } from '../../complaint.ts';
import type { Form } from '../../form.ts';
import { beginGuide } from '../guide.ts';
import { answerId } from '../guide-answers.ts';
import type { GuideFacts } from '../guide-state.ts';
import { type EarlierLife, earlierComplaint } from './earlier-complaints.ts';
import type { TestPerson } from './people.ts';
import { act, answersOf, type GuidedDesk, give } from './walk-guide.ts';

export const junior: TestPerson = { number: '1002', roles: ['junior-agent'] };
export const senior: TestPerson = { number: '8807', roles: ['senior-agent'] };
/** A Tuesday morning in office hours. */
const morning = Date.parse('2026-11-24T10:00:00+08:00');
const hourMs = 3_600_000;
export const full: Partial<ComplaintFields> = { text: '宽带断线，要求修复', complaintType: 'product-quality' };

/** A desk before its first answer, with a complaint of before on record where one is asked for. */
export const deskOf = (
  from: {
    readonly person?: TestPerson;
    readonly earlier?: EarlierLife;
    /** Since the complaint of before was opened. */
    readonly hoursSince?: number;
    readonly keyAccount?: boolean | null;
  } & Partial<Pick<GuideFacts, 'inCall' | 'contactId' | 'known'>> = {},
): GuidedDesk => {
  const { person = junior, earlier, hoursSince = 1, keyAccount = false, ...facts } = from;
  const form = earlier && earlierComplaint(earlier, morning - hoursSince * hourMs);
  const sends = person.roles.includes('senior-agent');
  return {
    person,
    forms: new Map(form ? [[form.id, form]] : []),
    guide: beginGuide({ keyAccount, sends, form: null }),
    now: morning,
    transfers: [],
    facts: { ...facts, keyAccount },
  };
};

/** With words in the guide's box. */
export const spoken = (desk: GuidedDesk): GuidedDesk => ({ ...desk, facts: { ...desk.facts, words: '说明' } });

/** The desk after these answers, each with its words in the box or on the form written before it. */
export const walk = (desk: GuidedDesk, ...answers: readonly string[]): GuidedDesk =>
  answers.reduce((before, id) => {
    const written = recorded(spoken(before));
    const answer = answersOf(written).find((one) => answerId(one) === id);
    if (!answer) throw new Error(`${written.guide.step} has no answer ${id}`);
    if (answer.hindrance) throw new Error(`${id}: ${answer.hindrance.why}`);
    const given = give(written, answer);
    if (!given.ok) throw new Error(`${id}: ${given.error.code}`);
    return given.value;
  }, desk);

/** What is asked for on a draft, written where the guide asks for it. */
export const recorded = (desk: GuidedDesk): GuidedDesk => {
  const { step } = desk.guide;
  const form = step === 'settle' ? desk.guide.complaint : step === 'record' ? desk.guide.suggestion : null;
  const standing = form && desk.forms.get(form.id)?.fields;
  if (!form || !standing || standing.text !== '') return desk;
  const to = step === 'settle' ? full : { text: '建议延长营业时间' };
  const from = Object.fromEntries(Object.entries(standing).filter(([name]) => name in to));
  const edited = act(desk, form.id, 'form.edit', { from, to });
  if (!edited.ok) throw new Error(edited.error.code);
  return edited.value;
};

export const formOf = ({ forms, guide }: GuidedDesk, which: 'complaint' | 'suggestion'): Form => {
  const form = forms.get(guide[which]?.id ?? '');
  if (!form) throw new Error(`no ${which}`);
  return form;
};
export const earlierOf = ({ forms }: GuidedDesk): Form => {
  const form = [...forms.values()].find(({ number }) => number === 'E-1');
  if (!form) throw new Error('no complaint of before');
  return form;
};
export const outcomesOf = ({ guide }: GuidedDesk) => guide.choices.outcomes;
export const idsOf = (desk: GuidedDesk) => answersOf(desk).map(answerId);
