import { describe, expect, test } from 'vitest';
import { emptyComplaint } from '../../../domain/forms/complaint.ts';
import { type WrittenAction, writtenAction } from '../../../domain/forms/operations.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { makeI18n } from '../../app/i18n/i18n.ts';
import { comparisons, writtenFacts } from './written-facts.ts';

type Samples = { readonly [Kind in WrittenAction['kind']]: Extract<WrittenAction, { kind: Kind }>['payload'] };

const form = '019ab000-0000-7000-8000-000000000001';
const id = '5a8f0d5e-6f5e-4e3e-8f5e-0d5e6f5e4e3e';
const fields = { ...emptyComplaint, callerName: '«姓名»', text: '«内容»', complaintType: 'billing-tariff' } as const;
const file = { id, sha256: 'a'.repeat(64), name: '«附件»', mediaType: 'image/png', size: 2_048 };

/** What a person may write, of every kind; the words in marks are free text, and must be read on a card. */
const samples: Samples = {
  'form.open': {
    number: '261124-0017-001-7',
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields,
    attachments: [file],
  },
  'form.edit': { from: { callerName: '' }, to: { callerName: '«姓名»', complaintType: 'other' } },
  'form.note': { text: '«备注»' },
  'form.attach': file,
  'form.detach': { attachmentId: id },
  'form.link-call': {
    ...{ contactId: 'c1', caller: '«号码»', service: '180', language: 'zh', answeredAt: 1 },
    announcement: { outcome: 'played', startedAt: 1, endedAt: 2 },
  },
  'form.submit': {},
  'form.claim': {},
  'form.release': {},
  'form.set-aside': { reason: '«原因»' },
  'form.transcribe': { from: '', to: '«听写»' },
  'form.try-callback': { outcome: 'busy', startedAt: 1, contactId: null },
  'form.check-back': { id, channel: 'call', to: '«号码»', text: '«核实»', remindAt: 1 },
  'form.check-back-answered': { id, text: '«答复»' },
  'form.answer': { text: '«答复»' },
  'form.decline': { reason: 'no-facts', text: '«说明»' },
  'form.hand-over': { to: 'senior', cause: 'cannot-settle', text: '«交代»' },
  'form.order': { order: id, type: 'dispatch', department: 'billing', text: '«请查»', follows: null },
  'form.audit-order': { order: id, verdict: 'change', department: 'shops', text: '«改派»', reason: '«有误»' },
  'form.answer-order': { order: id, text: '«查实»' },
  'form.question-order': { order: id, text: '«询问»' },
  'form.reply-question': { order: id, text: '«如下»' },
  'form.refuse-order': { order: id, reason: '«不归»' },
  'form.hand-on-order': { order: id, department: 'network', reason: '«转派»' },
  'form.check-reply': { order: id, verdict: 'send-back', reason: '«再查»' },
  'form.pause': { order: id, reason: '«等待»' },
  'form.resume': { order: id },
  'form.decide': { end: 'answered', text: '«裁定»' },
  'form.repeat': { attitude: 'dissatisfied', contactId: null },
  'form.supplement': { text: '«补充»', needs: 'order', contactId: null },
  'form.settle-supplement': { supplement: form },
  'form.call-back': { outcome: 'satisfied', source: 'agent', text: '«回访»' },
  'form.assess': { id, agent: '1002', finding: 'mistake', clause: 'wrong-facts', weight: 2, text: '«考评»' },
  'form.answer-assessment': { id, text: '«知悉»' },
  'form.count': { callerName: '«姓名»', contactNumber: '«号码»', text: '«也要»', contactId: null },
  'form.merge': { into: form, number: '«单号»' },
  'form.split': {},
  'form.settle-suggestion': { end: 'adopted', text: '«采纳»' },
  'form.link': { form, number: '«单号»' },
  'form.use-article': { article: id, version: 1, helped: true, text: '«有用»' },
  'form.unmask': { fields: ['callerName'], reason: '«核对»' },
  'form.take': {},
  'form.put-back': {},
};

const spokenIn = (language: 'zh' | 'en') => {
  const { t } = makeI18n(language);
  return { t, language, rules: usualProcedureRules, now: 0 };
};

const marked = (payload: unknown): readonly string[] => JSON.stringify(payload).match(/«[^»]+»/g) ?? [];

/** Kinds in which there is nothing but which thing it is about. */
const wordless: readonly WrittenAction['kind'][] = [
  ...(['form.detach', 'form.submit', 'form.claim', 'form.release', 'form.resume'] as const),
  ...(['form.settle-supplement', 'form.split', 'form.take', 'form.put-back'] as const),
];

describe.each(['zh', 'en'] as const)('P2 a card in %s', (language) => {
  test.each(Object.entries(samples))('says all that was written in %s, in words', (kind, payload) => {
    const written = writtenAction.parse({ form, kind, payload });
    const facts = writtenFacts(spokenIn(language), written);
    const said = facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    for (const words of marked(payload)) expect(said).toContain(words);
    expect(facts.length === 0).toBe(wordless.includes(written.kind));
    // A key of the dictionary, a choice by its code, or an object would be no words.
    expect(said).not.toMatch(
      /\w+\.\w+-?\w*:|undefined|\[object|[{}"]|billing-tariff|no-facts|wrong-facts|send-back|cannot-settle/,
    );
  });
});

test('an edit and a transcript are set beside what the centre has; with no form there, beside nothing', () => {
  const spoken = spokenIn('zh');
  const edit = writtenAction.parse({ form, kind: 'form.edit', payload: samples['form.edit'] });
  const centre = { fields: { ...emptyComplaint, callerName: '黄先生' }, transcript: '喂' };
  expect(comparisons(spoken, edit, centre)).toEqual([
    { label: '用户姓名', saw: '（空）', wrote: '«姓名»', now: '黄先生' },
    { label: '投诉类型', saw: null, wrote: '其他', now: '（空）' },
  ]);
  const transcribed = writtenAction.parse({ form, kind: 'form.transcribe', payload: samples['form.transcribe'] });
  expect(comparisons(spoken, transcribed, centre)).toEqual([
    { label: '录音文字', saw: '（空）', wrote: '«听写»', now: '喂' },
  ]);
  expect(comparisons(spoken, transcribed, null)).toMatchObject([{ now: null }]);
});
