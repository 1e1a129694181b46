import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callbackState, usualCallbackRules } from '../../domain/forms/callback.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { findCallback, findOwedCallbacks } from '../records/callbacks.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import { findKnownCaller } from '../records/known-callers.ts';
import type { Records } from '../records/open-records.ts';
import { newId, pushInto, recordingClerk, signInAt } from '../sync/push.fixture.ts';
import type { CentreForms } from './centre-forms.ts';
import { createCentreForms } from './create-centre-forms.ts';
import { createOwedCallbacks } from './keep-owed-callbacks.ts';

const noon = Date.UTC(2026, 10, 24, 4);
const window = { from: noon, to: noon + 9 * 3_600_000 };

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let forms: CentreForms;
  let callerReached: ReturnType<typeof createOwedCallbacks>;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    const { db } = records;
    forms = createCentreForms({
      db,
      clock: () => noon,
      rules: usualProcedureRules,
    });
    callerReached = createOwedCallbacks({ forms, findOwed: (number) => findOwedCallbacks(db, number) });
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const askedFor = async (number: string, contactId = 'contact-asked', caller = '02087654321') => {
    const opened = await forms.open({
      form: newId(),
      operation: newId(),
      kind: 'complaint',
      origin: { via: 'callback', number, caller, language: 'zh', service: '180', contactId, askedAt: noon, window },
      fields: { contactNumber: number },
      attachments: [],
    });
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value.id;
  };
  const triesOf = async (form: string) => (await forms.findById(form))?.callbackTries;

  test('A6 the floor knows of a callback owed, however the number is written, by the number to be rung alone', async () => {
    await askedFor('13900000001');
    const last = await askedFor('13900000001');
    for (const number of ['13900000001', '+8613900000001', '008613900000001'])
      expect(await findKnownCaller(records.db, number, noon)).toMatchObject({ callback: last });
    expect((await findKnownCaller(records.db, '02087654321', noon)).callback).toBeUndefined();
  });

  test('A6 whoever rings first closes their callbacks, each once, with the call that did it, and desks hear of it', async () => {
    const owed = [await askedFor('13900000002'), await askedFor('13900000002')];
    const told: string[] = [];
    const stop = forms.onChanged(({ form }) => told.push(form.id));
    const contact = { caller: '+8613900000002', contactId: 'contact-rang' };
    await Promise.all([
      callerReached(contact, noon + 1),
      callerReached({ ...contact, contactId: 'contact-of-another' }, noon + 2),
    ]);
    await callerReached({ ...contact, contactId: 'contact-later' }, noon + 3);
    for (const form of owed) {
      const tries = await triesOf(form);
      expect(tries).toMatchObject([{ by: 'CENTRE', outcome: 'reached' }]);
      expect(['contact-rang', 'contact-of-another']).toContain(tries?.[0]?.contactId);
      expect((await forms.findByContactId(tries?.[0]?.contactId ?? '')).map(({ id }) => id)).toContain(form);
    }
    stop();
    expect(told.toSorted()).toEqual(owed.toSorted());
    expect((await findKnownCaller(records.db, '13900000002', noon)).callback).toBeUndefined();
  });

  test('A6 A9 a callback that a clerk has claimed closes too: the clerk keeps the form, and may not ring for it any more', async () => {
    const form = await askedFor('13900000003');
    const clerk = await signInAt(records, recordingClerk);
    const push = pushInto(records, { clock: () => noon });
    await push.take([clerk.make('form.claim', form, {})], clerk.session);
    expect(await findCallback(records.db, form)).toMatchObject({ by: recordingClerk.staffNumber });
    await callerReached({ caller: '13900000003', contactId: 'contact-rang' }, noon + 1);
    const closed = await forms.findById(form);
    expect(closed?.work).toMatchObject({ state: 'claimed', by: recordingClerk.staffNumber });
    expect(closed && callbackState(closed, noon + 1, usualCallbackRules)).toEqual({ state: 'reached', at: noon + 1 });
    expect(await findCallback(records.db, form)).toBeUndefined();
  });

  test('A6 a callback asked for in the same call stays promised; a withheld number closes nothing', async () => {
    const form = await askedFor('13900000004', 'contact-same', '13900000004');
    await callerReached({ caller: '13900000004', contactId: 'contact-same' }, noon + 1);
    await callerReached({ caller: '', contactId: 'contact-other' }, noon + 1);
    expect(await triesOf(form)).toEqual([]);
  });
});
