import { v4 as uuidV4, v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Person } from '../../contract/http.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { FormAction, Operation } from '../../domain/forms/operations.ts';
import { origins } from '../../domain/forms/origin.fixture.ts';
import type { Sessions } from '../session/sessions.ts';
import { enterWorkplace } from '../session/workplace.ts';
import { openFakeCentre } from '../sync/testing/fake-centre.ts';
import { formHandlers } from './form-handlers.ts';

import { atCentre, cameIn, inFolder, onStore, openTestCache, testVault } from './testing/cache-with-desk.ts';

const senior: Person = { staffNumber: '8806', name: '陈静', roles: ['senior-agent'], languages: ['zh'] };
const junior: Person = { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] };
const manager: Person = { staffNumber: '8001', name: '赵敏', roles: ['manager-hotline'], languages: ['zh'] };

const plain = {
  callerName: '王小明',
  contactNumber: '13800138000',
  account: 'hz12345678',
  idNumber: '110101199003071234',
};
const masked = {
  callerName: '王**',
  contactNumber: '138****8000',
  account: 'hz******78',
  idNumber: '1101**********1234',
};
const all = { search: '', status: null, inbox: null, desk: null, part: null, limit: 20, offset: 0 } as const;

/** A complaint that 1002 recorded and submitted; its fields were written one after another, so that history has them. */
const submitted = (): Form => {
  const form = uuidV7();
  const envelope = (seq: number) => ({ id: uuidV7(), device: uuidV4(), seq, form, madeAt: seq, by: '1002' });
  const fields = { ...emptyComplaint, complaintType: 'other', text: '资费有误' } as const;
  const operations: readonly Operation[] = [
    {
      ...envelope(1),
      kind: 'form.open',
      payload: {
        number: '261124-0018-001-5',
        kind: 'complaint',
        origin: { via: 'desk', channel: 'voice' },
        fields,
        attachments: [],
      },
    },
    {
      ...envelope(2),
      kind: 'form.edit',
      payload: { from: { callerName: '', contactNumber: '', account: '', idNumber: '' }, to: plain },
    },
    {
      ...envelope(3),
      kind: 'form.link-call',
      payload: {
        contactId: 'contact-7',
        caller: plain.contactNumber,
        service: '180',
        language: 'zh',
        answeredAt: 1,
        announcement: { outcome: 'played', startedAt: 1, endedAt: 2 },
      },
    },
    { ...envelope(4), kind: 'form.submit', payload: {} },
  ];
  return atCentre(operations);
};

const atDesk = (
  person: Person,
  forms: readonly Form[],
  work: (desk: {
    readonly ask: ReturnType<typeof formHandlers>;
    readonly calls: string[];
    readonly sent: (form: string) => readonly Operation[];
  }) => void,
): Promise<void> =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const cache = openTestCache(folder);
    onStore(cache, (store) => {
      for (const form of forms) store.putSharedForm(form, 1);
    });
    const calls: string[] = [];
    const workplace = enterWorkplace({
      cache,
      vault: testVault,
      server: centre.url,
      person,
      password: 'right',
      tokens: undefined,
      broadcast: () => undefined,
      now: Date.now,
      random: () => 0.5,
      callsInHand: () => calls,
    });
    const sessions: Sessions = {
      current: () => workplace,
      read: () => ({ person, offline: true }),
      signIn: () => Promise.reject(new Error('signed in already')),
      signOut: () => Promise.resolve(),
    };
    try {
      work({
        ask: formHandlers(sessions),
        calls,
        sent: (form) => onStore(cache, (store) => store.standingOn(form)),
      });
    } finally {
      await workplace.leave();
      await centre.close();
    }
  });

test("another's form tells a window no personal data, in no place of its own; a search by the whole number finds it", () => {
  const form = submitted();
  return atDesk(senior, [form], ({ ask }) => {
    const view = ask['form.read']({ form: form.id });
    expect(view).toMatchObject({ form: { fields: masked }, masked: Object.keys(plain) });
    const list = ask['form.list']({ ...all, search: plain.contactNumber });
    expect(list).toMatchObject({
      forms: [{ id: form.id, callerName: '王**', contactNumber: '138****8000', masked: true }],
    });
    for (const value of Object.values(plain)) expect(JSON.stringify([view, list])).not.toContain(value);
  });
});

test('one operation shows it, goes to the centre with its reason, and holds to the end of the session alone', async () => {
  const form = submitted();
  await atDesk(senior, [form], ({ ask, sent }) => {
    const payload = { fields: ['contactNumber', 'callerName'], reason: '回访前核对' } as const;
    const shown = ask['form.perform']({ form: form.id, kind: 'form.unmask', payload });
    expect(shown).toMatchObject({
      ok: true,
      value: {
        form: { fields: { ...masked, callerName: plain.callerName, contactNumber: plain.contactNumber } },
        masked: ['account', 'idNumber'],
      },
    });
    expect(sent(form.id)).toMatchObject([{ kind: 'form.unmask', by: '8806', payload }]);
    expect(ask['form.list'](all)).toMatchObject({ forms: [{ contactNumber: plain.contactNumber }] });
    expect(ask['form.read']({ form: form.id })).toMatchObject({ form: { fields: { account: masked.account } } });
  });
  await atDesk(senior, [form], ({ ask }) => {
    expect(ask['form.read']({ form: form.id })).toMatchObject({ form: { fields: masked } });
  });
});

test('a masked field cannot be edited, whatever the edit says it saw', () => {
  const form = submitted();
  return atDesk(senior, [form], ({ ask }) => {
    const edit = (from: object, to: object) =>
      ask['form.perform']({ form: form.id, kind: 'form.edit', payload: { from, to } });
    for (const seen of [masked.contactNumber, plain.contactNumber]) {
      expect(edit({ contactNumber: seen }, { contactNumber: '13900139000' })).toEqual({
        ok: false,
        error: { code: 'masked', fields: ['contactNumber'] },
      });
    }
    expect(edit({ text: '资费有误' }, { text: '多收月租' })).toMatchObject({ ok: true });
    ask['form.perform']({ form: form.id, kind: 'form.unmask', payload: { fields: ['contactNumber'], reason: '' } });
    expect(edit({ contactNumber: plain.contactNumber }, { contactNumber: '13900139000' })).toMatchObject({ ok: true });
  });
});

test('a masked value is never written down as if it were one', () =>
  atDesk(junior, [], ({ ask }) => {
    expect(ask['form.open']({ kind: 'complaint', fields: { contactNumber: masked.contactNumber } })).toEqual({
      ok: false,
      error: { code: 'masked', fields: ['contactNumber'] },
    });
    const opened = ask['form.open']({ kind: 'complaint', fields: plain });
    if (opened instanceof Promise || !opened.ok) throw new Error('not opened');
    const { id: form } = opened.value.form;
    expect(opened.value).toMatchObject({ form: { fields: plain }, masked: [] });
    const refusals: readonly FormAction[] = [
      { form, kind: 'form.edit', payload: { from: { callerName: plain.callerName }, to: { callerName: '王**' } } },
      {
        form,
        kind: 'form.count',
        payload: { callerName: '', contactNumber: '138****8000', text: '', contactId: null },
      },
      {
        form,
        kind: 'form.check-back',
        payload: { id: uuidV4(), channel: 'call', to: '138****8000', text: '核对', remindAt: 1 },
      },
    ];
    for (const action of refusals) expect(ask['form.perform'](action)).toMatchObject({ error: { code: 'masked' } });
  }));

test('who has its user on the line sees a form plain, to the end of the call', () => {
  const form = submitted();
  return atDesk(junior, [form], ({ ask, calls }) => {
    const fields = () => ask['form.read']({ form: form.id });
    expect(fields()).toMatchObject({ form: { fields: masked } });
    calls.push('contact-7');
    expect(fields()).toMatchObject({ form: { fields: plain }, masked: [] });
    calls.pop();
    expect(fields()).toMatchObject({ form: { fields: masked } });
  });
});

test('who has taken a form up, or claimed it, sees it plain; who may see all, too', async () => {
  const form = submitted();
  const callback = cameIn(origins.callback, 1);
  const number = origins.callback.via === 'callback' ? origins.callback.number : '';
  await atDesk(senior, [form, callback], ({ ask }) => {
    expect(ask['form.perform']({ form: form.id, kind: 'form.take', payload: {} })).toMatchObject({
      value: { form: { fields: plain }, masked: [] },
    });
    expect(ask['form.read']({ form: callback.id })).not.toMatchObject({ form: { origin: { number } } });
    expect(ask['form.perform']({ form: callback.id, kind: 'form.claim', payload: {} })).toMatchObject({
      value: { form: { origin: { number } }, masked: [] },
    });
    expect(ask['form.list'](all)).toMatchObject({ forms: [{ masked: false }, { masked: false }] });
  });
  await atDesk(manager, [form], ({ ask }) => {
    expect(ask['form.read']({ form: form.id })).toMatchObject({ form: { fields: plain }, masked: [] });
  });
});
