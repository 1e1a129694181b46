import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../contract/http.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { lookUpForms } from './look-up-forms.ts';
import { agent, newId, pushInto, seniorAgent, signInAt, type TestDesk } from './push.fixture.ts';
import type { Push } from './push.ts';

const billing: Pick<Person, 'roles' | 'department'> = { roles: ['department'], department: 'billing' };

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;
  let senior: TestDesk;
  const numbers = new Map<string, string>();

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    push = pushInto(records, { clock: () => 1_000 });
    senior = await signInAt(records, seniorAgent);
  }, 60_000);

  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const complaint = async (contactNumber: string, department?: string): Promise<string> => {
    const form = newId();
    const open = senior.open(form);
    if (open.kind === 'form.open') numbers.set(form, open.payload.number);
    const from = { contactNumber: '', complaintType: null, text: '' } as const;
    const order = { order: crypto.randomUUID(), type: 'dispatch', text: '请核查', follows: null } as const;
    const { results } = await push.take(
      [
        open,
        senior.make('form.edit', form, { from, to: { contactNumber, complaintType: 'other', text: '态度差' } }),
        ...(department === undefined ? [] : [senior.make('form.order', form, { ...order, department })]),
      ],
      senior.session,
    );
    expect(results.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
    return form;
  };
  const found = async (by: Parameters<typeof lookUpForms>[1], person: Parameters<typeof lookUpForms>[2] = agent) =>
    (await lookUpForms(records.db, by, person)).map(({ form }) => form.id);

  test('P2 what a desk does not keep is found at the centre by id, by number and by who complained', async () => {
    const one = await complaint('13900000001');
    const other = await complaint('13900000001');
    const number = numbers.get(one) ?? '';
    expect(await found({ form: one })).toEqual([one]);
    expect(await found({ form: newId() })).toEqual([]);
    expect(await found({ number })).toEqual([one]);
    expect(await found({ number: number.replaceAll('-', ' ') })).toEqual([one]);
    expect(await found({ number: number.slice(0, -1) })).toEqual([]);
    expect(await found({ contact: '13900000001' })).toEqual([other, one]);
    expect(await found({ contact: '1390000000' })).toEqual([]);
    await push.take([senior.make('form.note', one, { text: '再次来电' })], senior.session);
    expect(await found({ contact: '13900000001' })).toEqual([one, other]);
  });

  test('P2 of many with one number the twenty last changed are told', async () => {
    const forms: string[] = [];
    for (let count = 0; count < 22; count += 1) forms.push(await complaint('13900000002'));
    expect(await found({ contact: '13900000002' })).toEqual(forms.toReversed().slice(0, 20));
  });

  test('S4 a department finds the forms it has an order of, as it sees them, and no others', async () => {
    const own = await complaint('13900000003', 'billing');
    const others = await complaint('13900000003', 'network');
    expect(await found({ contact: '13900000003' })).toEqual([others, own]);
    expect(await found({ contact: '13900000003' }, billing)).toEqual([own]);
    expect(await found({ form: others }, billing)).toEqual([]);
    expect(await found({ number: numbers.get(others) ?? '' }, billing)).toEqual([]);
    expect(await found({ form: own }, { roles: ['department'] })).toEqual([]);
    const [whole] = await lookUpForms(records.db, { form: own }, agent);
    expect(whole && { ...whole, form: seenByDepartment(whole.form, 'billing') }).toEqual(
      (await lookUpForms(records.db, { form: own }, billing))[0],
    );
  });
});
