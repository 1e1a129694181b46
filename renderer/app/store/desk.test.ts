import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idleSyncStatus } from '../../../contract/idle-sync-status.ts';
import { origins } from '../../../domain/forms/origin.fixture.ts';
import { whyNotDial } from './call-back.ts';
import { openFormsOfCaller } from './caller-forms.ts';
import { idOf, makeDesk } from './desk.fixture.ts';
import { openForm, saveForm, showForm, submitForm } from './edit-form.ts';
import { fieldTyped } from './editor-slice.ts';
import { newForm } from './work-calls.ts';

const atDesk = { staffNumber: '1001', registered: true, calls: [] };
const announcing = { phase: 'announcing', answeredAt: 5, announcement: { outcome: 'playing' } } as const;
const talking = {
  phase: 'talking',
  answeredAt: 5,
  announcement: { outcome: 'played', startedAt: 6, endedAt: 9 },
} as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('A6 the callback that the floor names comes first, however its number is written, and is owed until kept', async () => {
  const { store, forms } = await makeDesk();
  await store.dispatch(openForm({ contactNumber: '13912345678', text: '请回电' }, null));
  const callback = idOf(1);
  const called = { remote: '+8613912345678', callback };
  expect(await store.dispatch(openFormsOfCaller(called))).toEqual([
    { id: callback, number: 'N1', status: 'draft', excerpt: '请回电', owed: true },
  ]);
  const view = forms.get(callback);
  if (!view) throw new Error('no form');
  const origin = origins.callback;
  forms.set(callback, { ...view, form: { ...view.form, origin } });
  expect(whyNotDial({ ...view.form, origin }, atDesk)).toBe('not-mine');
  forms.set(callback, {
    ...view,
    form: {
      ...view.form,
      origin,
      callbackTries: [{ operation: idOf(7), by: 'CENTRE', outcome: 'reached', startedAt: 1, contactId: 'c1' }],
    },
  });
  expect(await store.dispatch(openFormsOfCaller(called))).toMatchObject([{ id: callback, owed: false }]);
  expect(whyNotDial(forms.get(callback)?.form ?? view.form, atDesk)).toBe('kept');
  expect(await store.dispatch(openFormsOfCaller({ ...called, callback: idOf(99) }))).toEqual([]);
});

test('what main tells arrives in the slices, and nothing after the desk is closed', async () => {
  const { store, stop, tell, listening } = await makeDesk();
  tell('queue.changed', { waiting: 4 });
  tell('seat.changed', { staffNumber: '1001', phase: 'ready', since: 1, wrapUpEndsAt: null, notice: null });
  tell('sync.changed', { ...idleSyncStatus, link: 'catching-up', pending: 7 });
  expect(store.getState().desk).toMatchObject({ waiting: 4, seat: { phase: 'ready' }, sync: { pending: 7 } });
  stop();
  expect(listening()).toBe(0);
});

test('A3 the call is linked with its form once, when the fate of the announcement is known', async () => {
  const desk = await makeDesk();
  await desk.phone({});
  await desk.phone(announcing);
  expect(desk.store.getState().editor.openForm).toBe(idOf(1));
  expect(desk.forms.get(idOf(1))?.form.fields).toMatchObject({ contactNumber: '13912345678', channel: 'voice' });
  expect(desk.performed('form.link-call')).toHaveLength(0);
  await desk.phone(talking);
  await desk.phone({ ...talking, muted: true });
  await desk.phone({ ...talking, phase: 'ended', outcome: 'caller-gone' });
  expect(desk.performed('form.link-call')).toHaveLength(1);
  expect(desk.forms.get(idOf(1))?.form.calls[0]?.announcement).toEqual(talking.announcement);
});

test('J1 a second form from one contact is linked with the call too', async () => {
  const desk = await makeDesk();
  await desk.phone({});
  await desk.phone(talking);
  await desk.store.dispatch(newForm());
  expect([...desk.forms.values()].map((view) => view.form.calls.length)).toEqual([1, 1]);
});

test('a caller who hangs up during the announcement is on the form as not announced to', async () => {
  const desk = await makeDesk();
  await desk.phone({});
  await desk.phone(announcing);
  await desk.phone({ ...announcing, phase: 'ended', outcome: 'caller-gone' });
  expect(desk.forms.get(idOf(1))?.form.calls[0]?.announcement.outcome).toBe('failed');
});

test('an agent who is typing keeps the form on the screen; the new one waits', async () => {
  const desk = await makeDesk({ isTyping: () => true });
  await desk.phone({});
  await desk.phone(talking);
  expect(desk.store.getState().editor.openForm).toBeNull();
  expect(desk.store.getState().contacts['c1']?.waitingForm).toEqual({ id: idOf(1), number: 'N1' });
});

test('a service other than 180 opens no complaint by itself', async () => {
  const desk = await makeDesk();
  await desk.phone({ service: '114' });
  await desk.phone({ ...talking, service: '114' });
  expect(desk.forms.size).toBe(0);
});

test('typing is saved after a pause, as one edit', async () => {
  const { store, performed, forms } = await makeDesk();
  await store.dispatch(newForm());
  for (const value of ['王', '王小', '王小明'])
    store.dispatch(fieldTyped({ form: idOf(1), field: 'callerName', value }));
  await vi.advanceTimersByTimeAsync(300);
  expect(performed('form.edit')).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(200);
  expect(performed('form.edit')).toHaveLength(1);
  expect(forms.get(idOf(1))?.form.fields.callerName).toBe('王小明');
  expect(store.getState().editor.drafts[idOf(1)]?.typed).toEqual({});
});

test('P2 an edit refused because the field changed stays typed, with what now stands beside it', async () => {
  const { store, act } = await makeDesk();
  await store.dispatch(newForm());
  await store.dispatch(showForm(idOf(1)));
  store.dispatch(fieldTyped({ form: idOf(1), field: 'account', value: '9' }));
  act({ form: idOf(1), kind: 'form.edit', payload: { from: { account: '' }, to: { account: '8801' } } });
  await store.dispatch(saveForm(idOf(1)));
  const { views, drafts } = store.getState().editor;
  expect(drafts[idOf(1)]?.typed.account).toBe('9');
  expect(views[idOf(1)]?.form.fields.account).toBe('8801');
});

test('J6 submitting names the missing fields and sends nothing', async () => {
  const { store, performed } = await makeDesk();
  await store.dispatch(newForm());
  await store.dispatch(submitForm(idOf(1)));
  expect(store.getState().editor.missing).toEqual(['contactNumber', 'complaintType', 'text']);
  expect(performed('form.submit')).toHaveLength(0);
});

test('J6 a form submitted while a save is under way goes with every word', async () => {
  const { store, forms } = await makeDesk();
  await store.dispatch(newForm());
  const typed = [
    ['contactNumber', '13800138000'],
    ['complaintType', 'other'],
    ['text', '宽带断线'],
  ] as const;
  for (const [field, value] of typed) {
    store.dispatch(fieldTyped({ form: idOf(1), field, value }));
    void store.dispatch(saveForm(idOf(1)));
  }
  await store.dispatch(submitForm(idOf(1)));
  expect(forms.get(idOf(1))?.form).toMatchObject({ status: 'submitted', fields: { text: '宽带断线' } });
});
