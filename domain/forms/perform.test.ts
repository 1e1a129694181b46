import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../people/roles.ts';
import { type ComplaintFields, channels, complaintTypes, emptyComplaint } from './complaint.ts';
import type { Form } from './form.ts';
import { missingToSubmit } from './form-kind.ts';
import type { Operation } from './operations.ts';
import { done, make, refusalOf } from './perform.fixture.ts';
import { perform } from './perform.ts';
import { usualProcedureRules } from './procedure/procedure-rules.ts';

const junior: readonly Role[] = ['junior-agent'];
const open = (fields: Partial<ComplaintFields> = {}) =>
  make('form.open', {
    number: '261124-0001-001-7',
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: { ...emptyComplaint, ...fields },
    attachments: [],
  });
const edit = (from: Partial<ComplaintFields>, to: Partial<ComplaintFields>) => make('form.edit', { from, to });

const complete: Partial<ComplaintFields> = {
  contactNumber: '13800138000',
  complaintType: 'billing-tariff',
  text: '资费有误',
};

describe('a form from its opening on', () => {
  test('A1 opens as a draft with the channel it came by, and only once', () => {
    const form = done(undefined, open({ channel: 'letter' }));
    expect(form).toMatchObject({ status: 'draft', openedBy: '1001', fields: { channel: 'letter' } });
    expect(refusalOf(form, open())).toEqual({ code: 'form-exists' });
  });

  test('nothing is done to a form that is not there', () => {
    expect(refusalOf(undefined, make('form.note', { text: 'x' }))).toEqual({ code: 'no-such-form' });
  });

  test('J6 is submitted when recorded in full, and then no longer edited', () => {
    const draft = done(undefined, open());
    expect(refusalOf(draft, make('form.submit', {}))).toEqual({
      code: 'fields-missing',
      fields: ['contactNumber', 'complaintType', 'text'],
    });
    const submitted = done(
      done(draft, edit({ contactNumber: '', complaintType: null, text: '' }, complete)),
      make('form.submit', {}),
    );
    expect(submitted.status).toBe('submitted');
    for (const late of [edit({ text: '资费有误' }, { text: '改' }), make('form.submit', {})]) {
      expect(refusalOf(submitted, late)).toEqual({ code: 'already-submitted' });
    }
    expect(done(submitted, make('form.note', { text: '用户补充' })).notes).toHaveLength(1);
  });

  test('an edit says in the history what it changed from and to', () => {
    const form = done(done(undefined, open()), edit({ callerName: '' }, { callerName: '刘女士' }));
    expect(form.history.at(-1)).toMatchObject({
      kind: 'form.edit',
      by: '1001',
      changes: [{ field: 'callerName', from: '', to: '刘女士' }],
    });
  });

  test('P2 the same field changed meanwhile is refused, the same value is not', () => {
    const form = done(done(undefined, open()), edit({ text: '' }, { text: '断网' }));
    expect(refusalOf(form, edit({ text: '', account: '' }, { text: '慢', account: '7' }))).toEqual({
      code: 'fields-changed-meanwhile',
      fields: ['text'],
    });
    expect(done(form, edit({ text: '' }, { text: '断网' })).fields.text).toBe('断网');
  });

  test('A3 a call linked again stands there once, with what is known now', () => {
    const call = { contactId: 'c1', caller: '13800138000', service: '180', language: 'zh', answeredAt: 1 } as const;
    const failed = make('form.link-call', { ...call, announcement: { outcome: 'failed', reason: 'no clips' } });
    const played = make('form.link-call', { ...call, announcement: { outcome: 'played', startedAt: 1, endedAt: 2 } });
    const form = done(done(done(undefined, open()), failed), played);
    expect(form.calls.map((one) => one.announcement.outcome)).toEqual(['played']);
  });

  test('attachments come and go, fifty at most', () => {
    const attach = (n: number) =>
      make('form.attach', {
        id: `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`,
        sha256: 'a'.repeat(64),
        name: `${n}.png`,
        mediaType: 'image/png',
        size: n,
      });
    let form = done(undefined, open());
    for (let n = 0; n < 50; n += 1) form = done(form, attach(n));
    expect(refusalOf(form, attach(50))).toEqual({ code: 'too-many-attachments' });
    const detach = (id: string) => make('form.detach', { attachmentId: id });
    expect(done(form, detach('22222222-2222-4222-8222-000000000007')).attachments).toHaveLength(49);
    expect(refusalOf(form, detach('33333333-3333-4333-8333-000000000007'))).toEqual({ code: 'no-such-attachment' });
  });

  test('who has no right to it is refused, whatever the form', () => {
    for (const held of [[], ['department'], ['installer'], ['data-admin'], ['supervisor']] satisfies Role[][]) {
      expect(refusalOf(undefined, open(), held)).toEqual({ code: 'not-allowed', right: 'form.open' });
    }
  });
});

const someFields = fc.record(
  {
    callerName: fc.constantFrom('', '刘女士', '王先生'),
    contactNumber: fc.constantFrom('', '13800138000', '1000'),
    account: fc.constantFrom('', '7'),
    complaintType: fc.constantFrom(null, ...complaintTypes),
    text: fc.constantFrom('', '断网', '资费有误'),
    happenedAt: fc.constantFrom('', '2026-11-24'),
    happenedWhere: fc.constantFrom('', '芜湖'),
    channel: fc.constantFrom(...channels),
  },
  { requiredKeys: [] },
);

const attachmentIds = ['22222222-2222-4222-8222-000000000001', '22222222-2222-4222-8222-000000000002'] as const;

const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 1, arbitrary: someFields.map((fields) => open(fields)) },
  { weight: 6, arbitrary: fc.tuple(someFields, someFields).map(([from, to]) => edit(from, to)) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20 }).map((text) => make('form.note', { text })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...attachmentIds)
      .map((id) => make('form.attach', { id, sha256: 'b'.repeat(64), name: 'a.png', mediaType: 'image/png', size: 1 })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...attachmentIds).map((attachmentId) => make('form.detach', { attachmentId })),
  },
  { weight: 1, arbitrary: fc.constant(null).map(() => make('form.submit', {})) },
);

describe('any operations in any order', () => {
  test('P2 never throw, only add to the history, and leave a form alone where they are refused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyOperation, fc.subarray([...roles], { maxLength: 2 })), { maxLength: 40 }),
        (steps) => {
          let form: Form | undefined = done(undefined, open());
          for (const [operation, held] of steps) {
            const before: string = JSON.stringify(form);
            const result = perform(form, operation, { roles: ['junior-agent', ...held] }, usualProcedureRules);
            expect(JSON.stringify(form)).toBe(before);
            if (!result.ok) continue;
            expect(result.value.history.slice(0, -1)).toEqual(form?.history);
            expect(result.value.history.at(-1)?.operation).toBe(operation.id);
            if (form?.status === 'submitted') expect(result.value.status).toBe('submitted');
            if (result.value.status === 'submitted') expect(missingToSubmit(result.value)).toEqual([]);
            form = result.value;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('P2 edits of different fields come to the same fields in either order', () => {
    fc.assert(
      fc.property(someFields, someFields, someFields, (start, one, other) => {
        const form = done(undefined, open(start));
        const rest: Partial<ComplaintFields> = Object.fromEntries(
          Object.entries(other).filter(([name]) => !(name in one)),
        );
        const first = edit(form.fields, one);
        const second = edit(form.fields, rest);
        expect(done(done(form, first), second).fields).toEqual(done(done(form, second), first).fields);
      }),
    );
  });

  test('P2 an edit of a field another changed to something else is never applied in silence', () => {
    fc.assert(
      fc.property(someFields, someFields, someFields, (start, one, two) => {
        const form = done(undefined, open(start));
        const between = done(form, edit(form.fields, one));
        const result = perform(between, edit(form.fields, two), { roles: junior }, usualProcedureRules);
        if (!result.ok) return;
        for (const [name, value] of Object.entries(one)) {
          if (!(name in two)) expect(result.value.fields).toMatchObject({ [name]: value });
        }
      }),
    );
  });
});
