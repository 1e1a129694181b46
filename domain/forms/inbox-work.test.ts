import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Role, roles } from '../people/roles.ts';
import { tryOutcomes } from './callback.ts';
import { checkBacksDue } from './check-back.ts';
import { type ComplaintFields, emptyComplaint } from './complaint.ts';
import type { Form } from './form.ts';
import type { Operation } from './operations.ts';
import { origins } from './origin.fixture.ts';
import { channelOf, hasProblem, type Origin, originVias } from './origin.ts';
import { done, make, refusalOf } from './perform.fixture.ts';
import { perform } from './perform.ts';
import { usualProcedureRules } from './procedure/procedure-rules.ts';
import { nextWorkState, type WorkEvent } from './work.ts';

const centre: readonly Role[] = ['centre'];
const textClerk: readonly Role[] = ['text-clerk'];
const recordingClerk: readonly Role[] = ['recording-clerk'];
const senior: readonly Role[] = ['senior-agent'];
const junior: readonly Role[] = ['junior-agent'];

const open = (origin: Origin, by = 'CENTRE', fields: Partial<ComplaintFields> = {}) =>
  make(
    'form.open',
    {
      number: '261124-0000-001-2',
      kind: origin.via === 'fault-line' ? 'fault' : 'complaint',
      origin,
      fields: { ...emptyComplaint, channel: channelOf(origin), ...fields },
      attachments: [],
    },
    by,
  );
const cameIn = (origin: Origin): Form => done(undefined, open(origin), centre);
const claim = (by: string) => make('form.claim', {}, by);
const ask = (by: string, remindAt = 10_000) =>
  make(
    'form.check-back',
    {
      id: '33333333-3333-4333-8333-000000000001',
      channel: 'e-mail',
      to: 'zhang@example.com',
      text: '哪天？',
      remindAt,
    },
    by,
  );
const mail = (text: string, checkBack: string | null = null) =>
  make(
    'form.receive',
    {
      mail: {
        from: 'zhang@example.com',
        fromName: '张三',
        subject: 'Re: 宽带慢',
        messageId: 'second@example.com',
        receivedAt: 2,
        text,
        problem: null,
      },
      attachments: [],
      checkBack,
    },
    'CENTRE',
  );

describe('what comes in', () => {
  test('A1 A4 A9 waits in the inbox of those who work it; a fault booked by 112 and a talk wait for nobody', () => {
    const inboxOfVia = originVias.map((via) => {
      const { work } = done(undefined, open(origins[via]), centre);
      return [via, work.state === 'waiting' ? work.inbox : work.state];
    });
    expect(Object.fromEntries(inboxOfVia)).toEqual({
      desk: 'none',
      callback: 'recording',
      'voice-message': 'recording',
      'e-mail': 'text',
      'web-message': 'text',
      fax: 'text',
      'fault-line': 'none',
    });
  });

  test('A1 a letter, a fax on paper or a visitor is the work of the text clerk who opens the form', () => {
    for (const channel of ['letter', 'fax', 'visit'] as const) {
      const opened = open({ via: 'desk', channel }, '3001');
      expect(done(undefined, opened, textClerk).work).toMatchObject({ state: 'claimed', inbox: 'text', by: '3001' });
      expect(done(undefined, opened, junior).work).toEqual({ state: 'none' });
    }
    expect(done(undefined, open(origins.desk, '3001'), textClerk).work).toEqual({ state: 'none' });
  });

  test('A1 the office that forwarded a letter is kept on the form and told in its history', () => {
    const letter: Origin = { via: 'desk', channel: 'letter' };
    const form = done(undefined, open(letter, '3001', { forwardedBy: '广州市电信局' }), textClerk);
    expect(form.fields.forwardedBy).toBe('广州市电信局');
    expect(form.history[0]?.changes).toEqual([{ field: 'forwardedBy', from: '', to: '广州市电信局' }]);
    const edited = make(
      'form.edit',
      { from: { forwardedBy: '广州市电信局' }, to: { forwardedBy: '深圳市电信局' } },
      '3001',
    );
    expect(done(form, edited, textClerk).history.at(-1)?.changes).toEqual([
      { field: 'forwardedBy', from: '广州市电信局', to: '深圳市电信局' },
    ]);
  });

  test('A4 A7 a broken mail and a message cut short are marked; nobody at a desk may say that something came in', () => {
    const { 'e-mail': good, 'voice-message': whole } = origins;
    expect(hasProblem(good) || hasProblem(whole)).toBe(false);
    expect(hasProblem({ ...good, problem: { code: 'unknown-charset', detail: 'x-none' } })).toBe(true);
    expect(hasProblem({ ...whole, ending: { complete: false, reason: 'hung-up' } })).toBe(true);
    for (const via of originVias.filter((one) => one !== 'desk')) {
      expect(refusalOf(undefined, open(origins[via], '8806'), senior)).toMatchObject({ code: 'not-allowed' });
    }
  });

  test('A2 a fault needs its line to be submitted, a suggestion its text, a complaint all of J6', () => {
    const submit = make('form.submit', {}, 'CENTRE');
    expect(refusalOf(cameIn(origins['fault-line']), submit, centre)).toEqual({
      code: 'fields-missing',
      fields: ['account'],
    });
    const booked = done(undefined, open(origins['fault-line'], 'CENTRE', { account: '02087654321' }), centre);
    expect(done(booked, submit, centre).status).toBe('submitted');
    const suggestion = { ...done(undefined, open(origins.desk, '1001'), junior), kind: 'suggestion' } as const;
    expect(refusalOf(suggestion, make('form.submit', {}), junior)).toEqual({
      code: 'fields-missing',
      fields: ['text'],
    });
  });
});

describe('a clerk at work', () => {
  const submitted = (by: string) => make('form.submit', {}, by);
  const filled = (by: string) =>
    make(
      'form.edit',
      {
        from: { contactNumber: '', complaintType: null, text: '' },
        to: { contactNumber: '13900001111', complaintType: 'other', text: '宽带慢' },
      },
      by,
    );

  test('A9 the clerk who has claimed a message writes it down, submits, and the work is done', () => {
    const message = cameIn(origins['voice-message']);
    const write = make('form.transcribe', { from: '', to: '您好，我家宽带很慢' }, '4001');
    expect(refusalOf(message, write, recordingClerk)).toEqual({ code: 'not-claimed' });
    let form = done(message, claim('4001'), recordingClerk);
    form = done(form, write, recordingClerk);
    expect(form.transcript).toBe('您好，我家宽带很慢');
    expect(refusalOf(form, make('form.transcribe', { from: '', to: '别的' }, '4001'), recordingClerk)).toEqual({
      code: 'transcript-changed-meanwhile',
    });
    form = done(form, filled('4001'), recordingClerk);
    expect(refusalOf(form, submitted('4002'), recordingClerk)).toEqual({ code: 'claimed-already', by: '4001' });
    form = done(form, submitted('4001'), recordingClerk);
    expect(form).toMatchObject({ status: 'submitted', work: { state: 'done', inbox: 'recording', by: '4001' } });
  });

  test('A9 a customer is rung back only by the clerk who has claimed the callback, and every try stays', () => {
    const callback = cameIn(origins.callback);
    const tried = (by: string, outcome: 'busy' | 'reached') =>
      make('form.try-callback', { outcome, startedAt: 5, contactId: null }, by);
    expect(refusalOf(callback, tried('4001', 'busy'), recordingClerk)).toEqual({ code: 'not-claimed' });
    let form = done(callback, claim('4001'), recordingClerk);
    expect(refusalOf(form, tried('8806', 'busy'), senior)).toEqual({ code: 'claimed-already', by: '4001' });
    form = done(done(form, tried('4001', 'busy'), recordingClerk), tried('4001', 'reached'), recordingClerk);
    expect(form.callbackTries.map(({ by, outcome }) => [by, outcome])).toEqual([
      ['4001', 'busy'],
      ['4001', 'reached'],
    ]);
    // What the switch saw of the ringing is written down whoever has the form.
    expect(done(form, tried('CENTRE', 'busy'), centre).callbackTries).toHaveLength(3);
    const talk = done(undefined, open(origins.desk, '4001'), recordingClerk);
    expect(refusalOf(talk, tried('4001', 'busy'), recordingClerk)).toEqual({ code: 'not-in-inbox' });
    expect(refusalOf(talk, tried('CENTRE', 'busy'), centre)).toEqual({ code: 'wrong-origin' });
  });

  test('A4 a senior agent takes a form back into its inbox from a clerk who has gone home; a colleague may not', () => {
    const form = done(cameIn(origins['e-mail']), claim('3001'), textClerk);
    const release = (by: string) => make('form.release', {}, by);
    expect(refusalOf(form, release('3002'), textClerk)).toEqual({ code: 'claimed-already', by: '3001' });
    expect(done(form, release('8806'), senior).work).toEqual({ state: 'waiting', inbox: 'text', since: form.openedAt });
  });

  test('A4 what is set aside keeps its reason, in its history too', () => {
    const form = done(cameIn(origins['e-mail']), claim('3001'), textClerk);
    const aside = done(form, make('form.set-aside', { reason: '广告' }, '3001'), textClerk);
    expect(aside.work).toMatchObject({ state: 'set-aside', reason: '广告' });
    expect(aside.history.at(-1)).toMatchObject({ kind: 'form.set-aside', reason: '广告' });
    expect(refusalOf(cameIn(origins['e-mail']), make('form.set-aside', { reason: 'x' }, '3001'), textClerk)).toEqual({
      code: 'not-claimed',
    });
  });
});

describe('checking back', () => {
  test('A4 every attempt stays on the form, is reminded of when unanswered, and answered once', () => {
    let form = done(cameIn(origins['e-mail']), claim('3001'), textClerk);
    form = done(form, ask('3001', 500), textClerk);
    expect(refusalOf(form, ask('3001'), textClerk)).toEqual({ code: 'check-back-exists' });
    expect(checkBacksDue(form, 499)).toEqual([]);
    expect(checkBacksDue(form, 500).map(({ to }) => to)).toEqual(['zhang@example.com']);
    const { id } = form.checkBacks[0] ?? { id: '' };
    const sent = make('form.check-back-sent', { id, outcome: 'failed', at: 9, detail: '550 no such user' }, 'CENTRE');
    expect(refusalOf(form, sent, senior)).toMatchObject({ code: 'not-allowed' });
    form = done(form, sent, centre);
    expect(form.checkBacks[0]?.sending).toMatchObject({ outcome: 'failed', detail: '550 no such user' });
    // Whoever happens to hear the answer writes it down: the customer calls in, and a junior agent answers.
    const answer = make('form.check-back-answered', { id, text: '周一' }, '1001');
    form = done(form, answer, junior);
    expect(form.checkBacks[0]?.answer).toMatchObject({ text: '周一', by: '1001' });
    expect(checkBacksDue(form, 500)).toEqual([]);
    expect(refusalOf(form, make('form.check-back-answered', { id, text: '周二' }, '1001'), junior)).toEqual({
      code: 'answered-already',
    });
    const unknown = '33333333-3333-4333-8333-000000000009';
    expect(refusalOf(form, make('form.check-back-answered', { id: unknown, text: 'x' }), junior)).toEqual({
      code: 'no-such-check-back',
    });
  });

  test('A4 an answer that comes in by itself brings back what is over, and leaves alone what is in hand', () => {
    const claimed = done(cameIn(origins['e-mail']), claim('3001'), textClerk);
    const asked = done(claimed, ask('3001'), textClerk);
    const id = asked.checkBacks[0]?.id ?? '';
    const inHand = done(asked, mail('周一', id), centre);
    expect(inHand).toMatchObject({ work: { state: 'claimed', by: '3001' }, received: [{ text: '周一' }] });
    expect(inHand.checkBacks[0]?.answer?.text).toBe('周一');
    const aside = done(asked, make('form.set-aside', { reason: '等答复' }, '3001'), textClerk);
    expect(done(aside, mail('周一', id), centre).work).toMatchObject({ state: 'waiting', inbox: 'text' });
    const onThePage = make('form.check-back-answered', { id, text: '周一' }, 'CENTRE');
    expect(done(aside, onThePage, centre).work).toMatchObject({ state: 'waiting', inbox: 'text' });
    const talk = done(undefined, open(origins.desk, '1001'), junior);
    expect(done(talk, mail('附言'), centre).work).toEqual({ state: 'none' });
  });
});

describe('anything by anybody in any order', () => {
  const id = '33333333-3333-4333-8333-000000000001';
  const step = (by: string): fc.Arbitrary<Operation> =>
    fc.oneof(
      ...(['form.claim', 'form.release', 'form.submit'] as const).map((kind) =>
        fc.constant(0).map(() => make(kind, {}, by)),
      ),
      fc.constant(0).map(() => make('form.set-aside', { reason: 'x' }, by)),
      fc
        .constantFrom('', 'a', 'b')
        .chain((from) => fc.constantFrom('a', 'b').map((to) => make('form.transcribe', { from, to }, by))),
      fc
        .constantFrom(...tryOutcomes)
        .map((outcome) => make('form.try-callback', { outcome, startedAt: 1, contactId: null }, by)),
      fc.constant(0).map(() => ask(by)),
      fc.constant(0).map(() => make('form.check-back-answered', { id, text: 'x' }, by)),
      fc.constant(0).map(() =>
        make(
          'form.edit',
          {
            from: { account: '', contactNumber: '', complaintType: null, text: '' },
            to: { account: '1', contactNumber: '1', complaintType: 'other', text: 'x' },
          },
          by,
        ),
      ),
      fc.constant(0).map(() => ({ ...mail('x'), by })),
    );
  const person = fc.record({
    by: fc.constantFrom('1', '2'),
    held: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(textClerk, recordingClerk, senior) },
      { weight: 1, arbitrary: fc.constantFrom(...roles).map((role): readonly Role[] => [role]) },
    ),
  });
  /** One person at work for a while. */
  const shift = person.chain(({ by, held }) =>
    fc
      .array(step(by), { minLength: 3, maxLength: 8, size: 'max' })
      .map((made) => made.map((operation) => ({ operation, held }))),
  );

  const eventOf: Partial<Record<Operation['kind'], WorkEvent>> = {
    'form.claim': 'claim',
    'form.release': 'release',
    'form.set-aside': 'set-aside',
    'form.submit': 'submit',
  };

  test('A4 A9 either follows the table or is refused with a reason; nothing leaves an inbox but done or set aside', () => {
    let applied = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...originVias),
        fc.array(shift, { minLength: 3, maxLength: 8, size: 'max' }).map((shifts) => shifts.flat()),
        (via, steps) => {
          let form = cameIn(origins[via]);
          for (const { operation, held } of steps) {
            const before = JSON.stringify(form);
            const result = perform(form, operation, { roles: held }, usualProcedureRules);
            expect(JSON.stringify(form)).toBe(before);
            if (!result.ok) {
              expect(result.error.code).not.toBe('');
              if (result.error.code === 'claimed-already') expect(form.work).toMatchObject({ by: result.error.by });
              continue;
            }
            applied += 1;
            const [was, is] = [form.work, result.value.work];
            if (was.state !== is.state) {
              const event = eventOf[operation.kind] ?? 'receive';
              expect(nextWorkState(was.state, event)).toBe(is.state);
            }
            const wasOpen = was.state === 'waiting' || was.state === 'claimed';
            if (wasOpen && is.state !== 'waiting' && is.state !== 'claimed') {
              expect([is.state, operation.kind]).toEqual(
                is.state === 'done' ? ['done', 'form.submit'] : ['set-aside', 'form.set-aside'],
              );
            }
            if (was.state === 'claimed' && is.state === 'claimed') expect(is.by).toBe(was.by);
            if (was.state === 'claimed' && operation.kind === 'form.submit') expect(operation.by).toBe(was.by);
            form = result.value;
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(applied).toBeGreaterThan(1_000);
  });
});
