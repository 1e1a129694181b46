import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TransferView } from '../../../contract/transfer.ts';
import { idOf, makeDesk, ringing } from './desk.fixture.ts';
import { openForm } from './edit-form.ts';
import { askRating, stepTransfer, transferWithForm } from './transfer-with-form.ts';

const form = idOf(1);
const talking = {
  phase: 'talking',
  answeredAt: 5,
  announcement: { outcome: 'played', startedAt: 6, endedAt: 9 },
} as const;
const filled = { callerName: '王芳', contactNumber: '13912345678', complaintType: 'other', text: '断线' } as const;
const toSenior = { to: 'senior', form, cause: 'key-account', text: '' } as const;

const onWay: TransferView = {
  id: '5f0c2f5e-8f0b-4b0e-9c51-0d7f6a4f9a11',
  contactId: 'c1',
  form,
  to: 'senior',
  giver: '1001',
  receiver: null,
  phase: 'preparing',
  end: null,
  missedBy: null,
  formSent: false,
};

/** A desk whose centre says this to every transfer. */
const deskOf = async (says: Partial<TransferView> | 'unreachable', sent = true) => {
  const desk = await makeDesk({
    answers: {
      'transfer.ask': ({ id }) =>
        says === 'unreachable'
          ? { ok: false, error: { code: 'unreachable' } }
          : { ok: true, value: { ...onWay, id, ...says } },
      'transfer.step': () => ({ ok: true, value: undefined }),
      'form.send': () => ({ sent }),
      'phone.command': () => undefined,
      'rating.ask': () => ({ ok: true, value: undefined }),
    },
  });
  await desk.store.dispatch(openForm(filled, 'c1'));
  const asked = (name: string) => desk.asked.filter((one) => one.name === name).map(({ input }) => input);
  const handOvers = () => desk.forms.get(form)?.form.procedure.handOvers.map(({ to, cause }) => `${to} ${cause}`);
  return { ...desk, askedFor: asked, handOvers };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('J1 the form is handed over and sent before the centre begins to ring a senior', async () => {
  const desk = await deskOf({});
  await desk.phone(talking);
  expect(await desk.store.dispatch(transferWithForm(toSenior))).toEqual({ ok: true, value: null });
  expect(desk.handOvers()).toEqual(['senior key-account']);
  const order = desk.asked
    .map(({ name }) => name)
    .filter((name) => /^transfer\.(ask|step)|form\.(perform|send)/.test(name));
  expect(order.slice(-4)).toEqual(['transfer.ask', 'form.perform', 'form.send', 'transfer.step']);
  expect(desk.askedFor('transfer.ask')).toMatchObject([{ to: 'senior', contactId: 'c1', form }]);
  expect(desk.askedFor('transfer.step')).toMatchObject([{ step: 'begin', formSent: true }]);
});

test('J1 a form that does not reach the centre in time goes after the call, and the centre is told', async () => {
  const desk = await deskOf({}, false);
  await desk.phone(talking);
  await desk.store.dispatch(transferWithForm(toSenior));
  expect(desk.askedFor('transfer.step')).toMatchObject([{ step: 'begin', formSent: false }]);
});

test('J6 what cannot be settled is recorded in full before the talk goes: else both stay, and what is missing is named', async () => {
  const desk = await deskOf({});
  await desk.store.dispatch(openForm({ text: '' }, 'c1'));
  await desk.phone(talking);
  const answer = await desk.store.dispatch(transferWithForm({ ...toSenior, form: idOf(2), cause: 'cannot-settle' }));
  expect(answer).toMatchObject({ ok: false, error: { code: 'fields-missing' } });
  expect(desk.askedFor('transfer.step')).toMatchObject([{ step: 'take-back' }]);
  expect(desk.store.getState()).toMatchObject({
    transfer: { refused: true },
    editor: { missing: expect.arrayContaining(['text']) },
  });
});

test('J3 nobody on duty: the form goes to have the user called back, and nothing is begun', async () => {
  const desk = await deskOf({ phase: 'ended', end: 'nobody-on-duty' });
  await desk.phone(talking);
  await desk.store.dispatch(transferWithForm({ ...toSenior, to: 'manager', cause: 'explanation-not-accepted' }));
  expect(desk.handOvers()).toEqual(['manager call-back-user']);
  expect(desk.askedFor('transfer.step')).toEqual([]);
});

test('J1 a centre that cannot be reached keeps the call here, and the form goes to have the user called back', async () => {
  const desk = await deskOf('unreachable');
  await desk.phone(talking);
  await desk.store.dispatch(transferWithForm(toSenior));
  expect(desk.handOvers()).toEqual(['senior call-back-user']);
  expect(desk.store.getState().transfer).toMatchObject({ unreachable: true, doing: null });
});

test('J6 with no call the form alone is handed over', async () => {
  const desk = await deskOf({});
  await desk.store.dispatch(transferWithForm({ ...toSenior, cause: 'cannot-settle' }));
  expect(desk.handOvers()).toEqual(['senior cannot-settle']);
  expect(desk.askedFor('transfer.ask')).toEqual([]);
});

test('J4 a form that lies at the desk already is not handed over twice, and its talk goes all the same', async () => {
  const desk = await deskOf({});
  await desk.store.dispatch(transferWithForm(toSenior));
  await desk.phone(talking);
  await desk.store.dispatch(transferWithForm(toSenior));
  expect(desk.handOvers()).toEqual(['senior key-account']);
  expect(desk.askedFor('transfer.step')).toMatchObject([{ step: 'begin' }]);
});

test('J1 a giver who had the caller on hold speaks again when the receiver answers; join and take back go to the centre', async () => {
  const desk = await deskOf({});
  await desk.phone({ ...talking, phase: 'held' });
  desk.tell('transfer.changed', { ...onWay, phase: 'consulting', receiver: '8806' });
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.askedFor('phone.command')).toEqual([{ type: 'resume', call: 'k1' }]);
  await desk.store.dispatch(stepTransfer('join'));
  expect(desk.askedFor('transfer.step')).toEqual([{ id: onWay.id, step: 'join' }]);
  desk.tell('transfer.changed', { ...onWay, phase: 'ended', end: 'joined', receiver: '8806' });
  await desk.store.dispatch(stepTransfer('take-back'));
  expect(desk.askedFor('transfer.step')).toHaveLength(1);
});

test('M1 S1 a call that brings its form shows it while it rings; answered, the form is taken up and no other is opened', async () => {
  const senior = await makeDesk({
    staffNumber: '8806',
    roles: ['senior-agent'],
    answers: { 'phone.command': () => undefined },
  });
  await senior.store.dispatch(openForm(filled, null, { show: false }));
  senior.act({ form, kind: 'form.hand-over', payload: { to: 'senior', cause: 'key-account', text: '' } });
  await senior.phone({ form, giver: '1001' });
  expect(senior.store.getState().editor.openForm).toBe(form);
  expect(senior.performed('form.take')).toHaveLength(0);
  await senior.phone({ form, giver: '1001', ...talking, announcement: null });
  expect(senior.forms.get(form)?.form.procedure.holder).toBe('8806');
  expect(senior.forms.size).toBe(1);
  const commands = () => senior.asked.filter(({ name }) => name === 'phone.command').map(({ input }) => input);
  expect(commands()).toEqual([]);
  senior.tell('transfer.changed', { ...onWay, phase: 'ended', end: 'joined', receiver: '8806' });
  await vi.advanceTimersByTimeAsync(0);
  expect(commands()).toEqual([{ type: 'announce', call: 'k1' }]);
  await senior.phone({ form, giver: '1001', ...talking });
  expect(senior.performed('form.take')).toHaveLength(1);
  expect(senior.performed('form.link-call')).toHaveLength(1);
});

test('M1 a form that comes after its call is taken up when it comes; an agent who types keeps the screen', async () => {
  const senior = await makeDesk({ staffNumber: '8806', roles: ['senior-agent'], isTyping: () => true });
  await senior.phone({ form, giver: '1001' });
  await senior.phone({ form, giver: '1001', ...talking, announcement: null });
  expect(senior.performed('form.take')).toHaveLength(0);
  await senior.store.dispatch(openForm(filled, null, { show: false }));
  senior.act({ form, kind: 'form.hand-over', payload: { to: 'senior', cause: 'key-account', text: '' } });
  senior.tell('form.changed', { form });
  await vi.advanceTimersByTimeAsync(500);
  expect(senior.forms.get(form)?.form.procedure.holder).toBe('8806');
  expect(senior.store.getState().editor.openForm).toBeNull();
});

test('Q1 the agent leaves a caller to the switch by contact; a call with none asks nothing', async () => {
  const desk = await deskOf({});
  await desk.store.dispatch(askRating({ ...ringing, ...talking }));
  await desk.store.dispatch(askRating({ ...ringing, contactId: null }));
  expect(desk.askedFor('rating.ask')).toEqual([{ contactId: 'c1' }]);
});
