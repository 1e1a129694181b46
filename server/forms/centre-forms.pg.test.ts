import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFormNumber } from '../../domain/forms/form-number.ts';
import type { Origin } from '../../domain/forms/origin.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { findStaff } from '../records/staff.ts';
import { pullChanges } from '../sync/pull.ts';
import { agent, newId, pushInto, recordingClerk, seniorAgent, signInAt, textClerk } from '../sync/push.fixture.ts';
import type { Push } from '../sync/push.ts';
import type { FormChanged } from '../sync/take-operations.ts';
import type { CentreForms, OpenRequest } from './centre-forms.ts';
import { createCentreForms } from './create-centre-forms.ts';

const noon = Date.UTC(2026, 10, 24, 4);

const callback: Origin = {
  via: 'callback',
  number: '13900001111',
  caller: '02087654321',
  language: 'zh',
  service: '180',
  contactId: 'contact-1',
  askedAt: noon,
  window: { from: noon, to: noon + 9 * 3_600_000 },
};

const mail = (messageId: string): Origin => ({
  via: 'e-mail',
  from: 'zhang@example.com',
  fromName: '张三',
  to: '1000@telecom.example',
  subject: '宽带慢',
  messageId,
  references: [],
  receivedAt: noon,
  excerpt: '这两天宽带很慢',
  problem: null,
});

const request = (over: Partial<OpenRequest> = {}): OpenRequest => ({
  form: newId(),
  operation: newId(),
  kind: 'complaint',
  origin: callback,
  fields: { contactNumber: '13900001111' },
  attachments: [],
  ...over,
});

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;
  let forms: CentreForms;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    const centre = createCentreForms({
      db: records.db,
      clock: () => noon,
      rules: usualProcedureRules,
    });
    forms = centre;
    push = pushInto(records, { clock: () => noon, onChanged: centre.tellChanged });
  }, 60_000);

  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const opened = async (over: Partial<OpenRequest> = {}) => {
    const done = await forms.open(request(over));
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  };
  const outcomes = async (operations: readonly unknown[], session: Parameters<Push['take']>[1]) =>
    (await push.take(operations, session)).results.map((result) =>
      result.outcome === 'rejected' ? result.refusal : result.outcome,
    );

  test('A6 A9 a callback asked for waits for a recording clerk, numbered, and every desk is told of it', async () => {
    const told: FormChanged[] = [];
    const stop = forms.onChanged((change) => told.push(change));
    const form = await opened();
    expect(form).toMatchObject({
      openedBy: 'CENTRE',
      status: 'draft',
      origin: { via: 'callback', number: '13900001111' },
      work: { state: 'waiting', inbox: 'recording', since: noon },
      fields: { channel: 'voice', contactNumber: '13900001111' },
    });
    expect(form.number).toMatch(/^261124-0000-\d{3}-\d$/);
    expect(isFormNumber(form.number)).toBe(true);
    const pulled = await pullChanges(records.db, (told.at(-1)?.cursor ?? 0) - 1, 10);
    stop();
    expect(told.map((change) => change.form)).toEqual([form]);
    expect(pulled.changes.map((change) => change.form)).toEqual([form]);
  });

  test('A6 asked again after a crash, the same request opens nothing twice', async () => {
    const twice = request();
    const answers = await Promise.all([forms.open(twice), forms.open(twice), forms.open(twice)]);
    // The operation was made anew, the form's id was kept: still the same callback.
    answers.push(await forms.open({ ...twice, operation: newId() }));
    const numbers = answers.map((answer) => (answer.ok ? answer.value.number : answer.error.code));
    expect(new Set(numbers).size).toBe(1);
    const rows = await records.db.selectFrom('operations').select('id').where('form', '=', twice.form).execute();
    expect(rows).toHaveLength(1);
  });

  test('A6 many at once, from two servers on one database, each get a number of their own', async () => {
    const other = createCentreForms({
      db: records.db,
      clock: () => noon,
      rules: usualProcedureRules,
    });
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? forms : other).open(request())),
    );
    const numbers = all.map((one) => (one.ok ? one.value.number : one.error.code));
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.every(isFormNumber)).toBe(true);
  });

  test('A4 an answer by e-mail is threaded onto its form, found by either Message-ID, and takes it up again', async () => {
    const form = await opened({ origin: mail('first@example.com'), fields: { text: '宽带慢' } });
    const clerk = await signInAt(records, textClerk);
    const asked = {
      id: crypto.randomUUID(),
      channel: 'e-mail',
      to: 'zhang@example.com',
      text: '哪个小区？',
      remindAt: noon,
    } as const;
    const done = [
      clerk.make('form.claim', form.id, {}),
      clerk.make('form.check-back', form.id, asked),
      clerk.make('form.set-aside', form.id, { reason: '等用户答复' }),
    ];
    expect(await outcomes(done, clerk.session)).toEqual(['applied', 'applied', 'applied']);
    const file = {
      id: crypto.randomUUID(),
      sha256: 'c'.repeat(64),
      name: '照片.jpg',
      mediaType: 'image/jpeg',
      size: 3,
    };
    const answer = {
      operation: newId(),
      form: form.id,
      kind: 'form.receive',
      payload: {
        mail: {
          from: 'zhang@example.com',
          fromName: '张三',
          subject: 'Re: 宽带慢',
          messageId: 'second@example.com',
          receivedAt: noon,
          text: '南园小区',
          problem: null,
        },
        attachments: [file],
        checkBack: asked.id,
      },
    } as const;
    expect((await forms.perform(answer)).ok).toBe(true);
    expect((await forms.perform(answer)).ok).toBe(true);
    for (const messageId of ['first@example.com', 'second@example.com']) {
      expect(await forms.findByMessageId(messageId)).toMatchObject({
        id: form.id,
        work: { state: 'waiting', inbox: 'text' },
        received: [{ text: '南园小区' }],
        attachments: [file],
        checkBacks: [{ id: asked.id, answer: { text: '南园小区', by: 'CENTRE' } }],
      });
    }
    expect(await forms.findByMessageId('third@example.com')).toBeUndefined();
  });

  test('a form is found by its number as people say it, by its call, by its caller', async () => {
    const form = await opened({
      origin: { ...callback, contactId: 'contact-7' },
      fields: { contactNumber: '13711112222' },
    });
    expect((await forms.findByNumber(form.number))?.id).toBe(form.id);
    expect((await forms.findByNumber(form.number.replaceAll('-', ' ')))?.id).toBe(form.id);
    expect(
      await forms.findByNumber(`${form.number.slice(0, -1)}${(Number(form.number.at(-1)) + 1) % 10}`),
    ).toBeUndefined();
    expect((await forms.findByContactId('contact-7')).map(({ id }) => id)).toEqual([form.id]);
    expect((await forms.findOpenByCaller('13711112222')).map(({ id }) => id)).toEqual([form.id]);
    expect(await forms.findById('nonsense')).toBeUndefined();
    const clerk = await signInAt(records, recordingClerk);
    await outcomes(
      [
        clerk.make('form.claim', form.id, {}),
        clerk.make('form.try-callback', form.id, { outcome: 'reached', startedAt: noon, contactId: 'contact-8' }),
      ],
      clerk.session,
    );
    expect((await forms.findByContactId('contact-8')).map(({ id }) => id)).toEqual([form.id]);
  });

  test('A4 A9 of two desks that claim one form at once, exactly one has it, and the other is told who', async () => {
    const clerks = await Promise.all([
      signInAt(records, recordingClerk),
      signInAt(records, { ...recordingClerk, staffNumber: '4002' }),
      signInAt(records, seniorAgent),
    ]);
    for (let round = 0; round < 10; round += 1) {
      const form = await opened();
      const answers = await Promise.all(
        clerks.map((clerk) => outcomes([clerk.make('form.claim', form.id, {})], clerk.session)),
      );
      const winners = clerks.filter((_, index) => answers[index]?.[0] === 'applied');
      expect(winners).toHaveLength(1);
      const by = winners[0]?.session.person.staffNumber;
      expect(answers.flat().filter((answer) => answer !== 'applied')).toEqual([
        { code: 'claimed-already', by },
        { code: 'claimed-already', by },
      ]);
      expect((await forms.findById(form.id))?.work).toMatchObject({ state: 'claimed', by });
    }
  });

  test('A4 A9 each clerk takes from their own inbox, a senior agent from both, a junior agent from neither', async () => {
    const [text, recording] = [await opened({ origin: mail('who@example.com') }), await opened()];
    const claimsOf = async (person: typeof agent) => {
      const desk = await signInAt(records, person);
      const answers = [];
      for (const form of [text, recording]) {
        const [claim, release] = [desk.make('form.claim', form.id, {}), desk.make('form.release', form.id, {})];
        answers.push((await outcomes([claim, release], desk.session))[0]);
      }
      return answers;
    };
    const not = (right: string) => ({ code: 'not-allowed', right });
    expect(await claimsOf(textClerk)).toEqual(['applied', not('claim.recording')]);
    expect(await claimsOf(recordingClerk)).toEqual([not('claim.text'), 'applied']);
    expect(await claimsOf(seniorAgent)).toEqual(['applied', 'applied']);
    expect(await claimsOf(agent)).toEqual([not('claim.text'), not('claim.recording')]);
  });

  test('A10 what waits is counted by inbox, and listeners hear of desks as of the centre', async () => {
    const before = await forms.waiting();
    const heard: string[] = [];
    const stop = forms.onChanged(({ operation }) => heard.push(operation));
    const asked = request();
    const form = await opened(asked);
    expect(await forms.waiting()).toEqual({ ...before, recording: before.recording + 1 });
    const clerk = await signInAt(records, recordingClerk);
    const claim = clerk.make('form.claim', form.id, {});
    await outcomes([claim], clerk.session);
    expect(await forms.waiting()).toEqual(before);
    expect((await forms.findInInbox('recording')).map(({ id }) => id)).toContain(form.id);
    expect(heard).toEqual([asked.operation, claim.id]);
    stop();
    await opened();
    expect(heard).toHaveLength(2);
  });

  test('what breaks a schema is refused as unreadable and leaves nothing behind', async () => {
    const broken = request({ fields: { contactNumber: '1'.repeat(41) } });
    expect(await forms.open(broken)).toEqual({ ok: false, error: { code: 'unreadable' } });
    expect(await forms.findById(broken.form)).toBeUndefined();
    expect((await forms.open({ ...broken, fields: {} })).ok).toBe(true);
  });

  test('nobody at a desk may open what they say came in, nor sign in as the centre', async () => {
    const desk = await signInAt(records, seniorAgent);
    const open = desk.open(newId());
    const forged = { ...open, payload: { ...('payload' in open ? open.payload : {}), origin: callback } };
    expect(await outcomes([forged], desk.session)).toEqual([{ code: 'not-allowed', right: 'form.take-in' }]);
    expect(await findStaff(records.db, 'CENTRE')).toBeUndefined();
  });
});
