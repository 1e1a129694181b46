import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { createCentreForms } from '../forms/create-centre-forms.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { agent, newId, otherAgent, pushInto, signInAt } from './push.fixture.ts';
import type { Push } from './push.ts';

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    push = pushInto(records, { clock: () => 1_000 });
  }, 60_000);

  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const outcomes = async (operations: readonly unknown[], session: Parameters<Push['take']>[1]) =>
    (await push.take(operations, session)).results.map((result) =>
      result.outcome === 'rejected' ? result.refusal.code : result.outcome,
    );
  const formNow = async (form: string) =>
    (await records.db.selectFrom('forms').select('form').where('id', '=', form).executeTakeFirst())?.form;

  test('P2 a desk restored or copied sends under a new name what the old one had sent: each counts once', async () => {
    const old = await signInAt(records, agent);
    const form = newId();
    const batch = [old.open(form), old.make('form.note', form, { text: '1' }), old.make('form.submit', form, {})];
    expect(await outcomes(batch, old.session)).toEqual(['applied', 'applied', 'fields-missing']);
    const anew = await signInAt(records, agent);
    const underNewName = [...batch, old.make('form.note', newId(), { text: '2' }), old.open(newId())].map(
      (operation, at) => ({ ...operation, device: anew.session.device, seq: at + 7 }),
    );
    expect(await outcomes(underNewName, anew.session)).toEqual([
      ...['repeated', 'repeated', 'fields-missing', 'no-such-form', 'applied'],
    ]);
    expect((await formNow(form))?.notes).toHaveLength(1);
    // The old one goes on as well, with what its copy has sent by now.
    const late = underNewName.map((operation, at) => ({ ...operation, device: old.session.device, seq: at + 1 }));
    expect(await outcomes(late, old.session)).toEqual([
      ...['repeated', 'repeated', 'fields-missing', 'no-such-form', 'repeated'],
    ]);
  });

  test('P2 a desk and its copy that send the same at once leave it there once', async () => {
    const [one, two] = [await signInAt(records, agent), await signInAt(records, agent)];
    const forms = Array.from({ length: 20 }, () => newId());
    const batch = forms.flatMap((form) => [one.open(form), one.make('form.note', form, { text: '1' })]);
    const copied = forms
      .toReversed()
      .flatMap((form) => batch.filter((operation) => operation.form === form))
      .map((operation) => ({ ...operation, device: two.session.device }));
    const answers = await Promise.all([outcomes(batch, one.session), outcomes(copied, two.session)]);
    const count = (outcome: string) => answers.flat().filter((one) => one === outcome).length;
    expect([count('applied'), count('repeated')]).toEqual([batch.length, batch.length]);
    for (const form of forms) expect((await formNow(form))?.history).toHaveLength(2);
  });

  test('P2 a number that stands on another form already gets a suffix, and the talk is recorded', async () => {
    const [one, two] = [await signInAt(records, agent), await signInAt(records, agent)];
    const first = one.open(newId());
    const openUnder = (desk: typeof one, number: string) => {
      const open = desk.open(newId());
      return open.kind === 'form.open' ? { ...open, payload: { ...open.payload, number } } : open;
    };
    const number = first.kind === 'form.open' ? first.payload.number : '';
    expect(await outcomes([first], one.session)).toEqual(['applied']);
    const copies = [openUnder(two, number), openUnder(two, number), openUnder(one, number)];
    expect(await outcomes(copies.slice(0, 2), two.session)).toEqual(['applied', 'applied']);
    expect(await outcomes(copies.slice(2), one.session)).toEqual(['applied']);
    expect(await outcomes(copies.slice(0, 2), two.session)).toEqual(['repeated', 'repeated']);
    const numbers = await Promise.all(copies.map(async ({ form }) => (await formNow(form))?.number));
    expect(numbers).toEqual([`${number}-2`, `${number}-3`, `${number}-4`]);
    // Whoever says the number with its suffix means the form that has it.
    const centre = createCentreForms({ db: records.db, clock: () => 1_000, rules: usualProcedureRules });
    expect((await centre.findByNumber(` ${number}-3`))?.id).toBe(copies[1]?.form);
    expect((await centre.findByNumber(number))?.id).toBe(first.form);
    // NUL is not stored in a number's column: what differs by it alone is the same number there.
    const likeIt = [openUnder(two, '7\u0000'), openUnder(two, '7'), openUnder(two, '\u00007')];
    expect(await outcomes(likeIt, two.session)).toEqual(['applied', 'applied', 'applied']);
  });

  test('P2 two desks that give one number at once both open their forms', async () => {
    const [one, two] = [await signInAt(records, agent), await signInAt(records, otherAgent)];
    const batchOf = (desk: typeof one) => {
      const opens = Array.from({ length: 10 }, (_, at) => ({ open: desk.open(newId()), number: `same-${at}` }));
      return opens.map(({ open, number }) =>
        open.kind === 'form.open' ? { ...open, payload: { ...open.payload, number } } : open,
      );
    };
    const answers = await Promise.all([
      outcomes(batchOf(one), one.session),
      outcomes(batchOf(two).reverse(), two.session),
    ]);
    expect(answers.flat()).toEqual(Array(20).fill('applied'));
  });
});
