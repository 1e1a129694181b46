import { describe, expect, test } from 'vitest';
import {
  after,
  dataAdmin,
  formId,
  junior,
  opened,
  otherDataAdmin,
  otherJunior,
  refusal,
  senior,
  stageOf,
} from './procedure.fixture.ts';

const suggestion = () => after(opened('suggestion'), junior('form.submit', {}));
const counted = (contactId: string | null = 'c2') =>
  otherJunior('form.count', { callerName: '李', contactNumber: '13900139000', text: '也这样想', contactId });
const merged = () => dataAdmin('form.merge', { into: formId(2), number: '261123-0017-002-9' });
const settled = (end: 'adopted' | 'noted' | 'not-adopted' = 'adopted') =>
  dataAdmin('form.settle-suggestion', { end, text: '下月实施' });

describe('J2', () => {
  test('J2 new by the records so far → recorded in full, to the data admin', () => {
    expect(stageOf(suggestion())).toBe('curation');
    expect(refusal(opened('suggestion', { text: '' }), junior('form.submit', {}))).toEqual({
      code: 'fields-missing',
      fields: ['text'],
    });
  });

  test('J2 known → added to it and one more counted, with the data admin', () => {
    const form = after(suggestion(), counted());
    expect(form.procedure).toMatchObject({
      stage: 'curation',
      supporters: [{ callerName: '李', contactNumber: '13900139000', text: '也这样想', contactId: 'c2', by: '1002' }],
    });
  });

  test('J2 the same contact is counted once, the one the form was opened in too', () => {
    const form = after(suggestion(), counted());
    expect(refusal(form, counted())).toEqual({ code: 'counted-already' });
    expect(after(form, counted('c3'), counted(null), counted(null)).procedure.supporters).toHaveLength(4);
    const call = { contactId: 'c9', caller: '13900001111', service: '180', language: 'zh', answeredAt: 1 } as const;
    const linked = after(
      suggestion(),
      junior('form.link-call', { ...call, announcement: { outcome: 'failed', reason: 'no clips' } }),
    );
    expect(refusal(linked, counted('c9'))).toEqual({ code: 'counted-already' });
  });

  test('J2 known and settled → counted, and with the data admin again', () => {
    const form = after(suggestion(), settled(), counted());
    expect([stageOf(form), form.procedure.supporters.length]).toEqual(['curation', 1]);
    expect(form.procedure.settled).toMatchObject({ end: 'adopted' });
  });

  test('J2 a draft and a complaint are not counted', () => {
    for (const form of [opened('suggestion'), after(opened(), junior('form.submit', {}))]) {
      expect(refusal(form, counted())).toMatchObject({ code: 'not-in-this-stage' });
    }
  });
});

describe('D1', () => {
  test('D1 merged into another, with its count kept, counted on, and split again', () => {
    const form = after(suggestion(), counted(), merged());
    expect(form.procedure).toMatchObject({
      stage: 'merged',
      mergedInto: { form: formId(2), number: '261123-0017-002-9' },
    });
    const split = after(form, counted('c3'), dataAdmin('form.split', {}));
    expect(split.procedure).toMatchObject({ stage: 'curation', mergedInto: null });
    expect(split.procedure.supporters.map(({ contactId }) => contactId)).toEqual(['c2', 'c3']);
    const itself = dataAdmin('form.merge', { into: formId(1), number: '261123-0017-001-0' });
    expect(refusal(suggestion(), itself)).toEqual({ code: 'merge-into-itself' });
  });

  test('D1 settled with what became of it, and settled otherwise later', () => {
    for (const end of ['adopted', 'noted', 'not-adopted'] as const) {
      expect(after(suggestion(), settled(end)).procedure).toMatchObject({
        stage: 'settled',
        settled: { end, by: '5001', text: '下月实施' },
      });
    }
    expect(after(suggestion(), settled('noted'), settled()).procedure.settled?.end).toBe('adopted');
    expect(stageOf(after(suggestion(), settled('noted'), merged()))).toBe('merged');
  });

  test('D1 merged, split and settled by data admins alone', () => {
    const mergedForm = after(suggestion(), merged());
    for (const by of [junior, senior]) {
      for (const [form, step] of [
        [suggestion(), by('form.merge', { into: formId(2), number: '261123-0017-002-9' })],
        [suggestion(), by('form.settle-suggestion', { end: 'noted', text: '已记录' })],
        [mergedForm, by('form.split', {})],
      ] as const) {
        expect(refusal(form, step)).toEqual({ code: 'not-allowed', right: 'suggestion.curate' });
      }
    }
  });

  test('D1 a suggestion that one data admin has in hand is taken over by another before it is settled', () => {
    const taken = after(suggestion(), dataAdmin('form.take', {}));
    const settle = otherDataAdmin('form.settle-suggestion', { end: 'noted', text: '已记录' });
    expect(refusal(taken, settle)).toEqual({ code: 'held-by', by: '5001' });
    expect(stageOf(after(taken, otherDataAdmin('form.take', {}), settle))).toBe('settled');
  });

  test('D1 an article that was used for a form stands on it once a version and agent, with what it was worth', () => {
    const article = '44444444-4444-4444-8444-444444444444';
    const uses = (helped: boolean | null) => junior('form.use-article', { article, version: 2, helped, text: '' });
    const form = after(opened(), uses(null), uses(true));
    expect(form.procedure.articlesUsed).toMatchObject([{ article, version: 2, helped: true, by: '1001' }]);
  });
});
