import { configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Provider } from 'react-redux';
import { idleSyncStatus } from '../../../contract/idle-sync-status.ts';
import type { FormView, LikelyForm, RequestOutput } from '../../../contract/ipc.ts';
import type { CallView } from '../../../contract/phone.ts';
import { emptyComplaint } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { FormAction, OperationKind } from '../../../domain/forms/operations.ts';
import { perform } from '../../../domain/forms/perform.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { operationOf } from '../../../domain/forms/procedure/testing/random-operation.ts';
import { ok } from '../../../domain/result.ts';
import { isTyping } from '../../app/hot-keys.ts';
import { App } from '../../app/shell/app.tsx';
import { fakeBridge } from '../../app/store/fake-bridge.ts';
import { listen } from '../../app/store/listen.ts';
import { followMain } from '../../app/store/main-events.ts';
import { makeStore } from '../../app/store/store.ts';

// A machine at work is slow; what is waited for comes all the same.
configure({ asyncUtilTimeout: 15_000 });

const noCounts = { waiting: 0, mine: 0, problems: 0, checkBacksDue: 0 };
const none = { all: 0, held: 0, overdue: 0 };
const noDesks = {
  ...{ senior: none, department: none, manager: none, 'call-back': none, 'data-admin': none },
  overdue: 0,
};
const author = { number: '1001', roles: ['junior-agent'] } as const;

/** A main process that keeps forms in memory by the domain's own rules. */
const mainWithForms = (known: readonly Form[]) => {
  const forms = new Map<string, Form>(known.map((form) => [form.id, form]));
  let made = 0;
  const nextId = (): string => {
    made += 1;
    return `019ab000-0000-7000-8000-${String(made).padStart(12, '0')}`;
  };
  const viewOf = (form: Form): FormView => ({ form, pending: 0, attention: [], tentative: false, masked: [] });
  const act = (form: string, kind: OperationKind, payload: unknown): RequestOutput<'form.perform'> => {
    const envelope = { id: nextId(), form, madeAt: Date.now(), by: author.number };
    const done = perform(forms.get(form), operationOf(kind, payload, envelope), author, usualProcedureRules);
    if (!done.ok) return done;
    forms.set(form, done.value);
    return ok(viewOf(done.value));
  };
  return { forms, act, nextId, viewOf };
};

/** The desk of a junior agent before a main process with these forms, and what a test does with both. */
export const openGuidedDesk = async (
  parts: {
    readonly earlier?: readonly Form[];
    readonly likely?: readonly LikelyForm[];
    /** Kinds of operations that main refuses the next time. */
    readonly refuses?: OperationKind[];
    /** How often main does not answer when a form is to be opened, after the one that the call opens. */
    readonly breaks?: number;
  } = {},
) => {
  const { earlier = [], likely = [], refuses = [], breaks = 0 } = parts;
  let broken = 0;
  const main = mainWithForms(earlier);
  const fake = fakeBridge({
    'seat.read': () => null,
    'sync.read': () => ({ ...idleSyncStatus, link: 'online' }),
    'phone.read': () => ({ registration: { state: 'registered' }, calls: [], fault: null }),
    'attention.list': () => [],
    'deadline.list': () => ({ forms: [], total: 0 }),
    'inbox.counts': () => ({ text: noCounts, recording: noCounts, checkBacksDue: 0 }),
    'form.list': () => ({ forms: [], total: 0, more: false }),
    'form.likely': () => [...likely],
    'desk.counts': () => noDesks,
    'transfer.read': () => null,
    // No centre is there: the form goes to have the user called back (S4).
    'transfer.ask': () => ({ ok: false, error: { code: 'unreachable' } }),
    'form.of-caller': () => [...earlier].map(({ id }) => main.forms.get(id)).filter((form) => form !== undefined),
    'form.read': ({ form }) => {
      const found = main.forms.get(form);
      return found ? main.viewOf(found) : null;
    },
    'form.open': ({ kind, fields }) => {
      if (main.forms.size > earlier.length && broken < breaks) {
        broken += 1;
        throw new Error('main is gone');
      }
      const id = main.nextId();
      const number = `261124-0001-00${main.forms.size + 1}-8`;
      return main.act(id, 'form.open', {
        ...{ number, kind, origin: { via: 'desk', channel: 'voice' }, attachments: [] },
        fields: { ...emptyComplaint, ...fields },
      });
    },
    'form.perform': (asked) => {
      const { form, kind, payload } = asked as FormAction;
      const at = refuses.indexOf(kind);
      if (at < 0) return main.act(form, kind, payload);
      refuses.splice(at, 1);
      return { ok: false, error: { code: 'disk-full' } };
    },
  });
  const { store, listener } = makeStore(
    { bridge: fake.bridge, saving: new Map(), isTyping: () => isTyping(document.activeElement) },
    {
      session: {
        person: { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] },
        offline: false,
      },
      settings: {
        ...{ interfaceLanguage: 'zh', microphone: null, speaker: null, ringDevice: null },
        ...{ ringVolume: 1, sayYao: false, theme: 'light' },
      },
    },
  );
  listen(listener);
  followMain(fake.bridge, store);
  render(
    <Provider store={store}>
      <App />
    </Provider>,
  );
  const asked = (step: string): Promise<unknown> =>
    waitFor(() => {
      const now = screen.getByTestId('guide').getAttribute('data-value');
      if (now !== step) throw new Error(`the guide asks ${now}, not ${step}`);
    });
  const calls = (call: Partial<CallView>): void =>
    fake.tell('phone.changed', {
      ...{ registration: { state: 'registered' }, fault: null },
      calls: [{ ...ringing, ...call }],
    });
  return { user: userEvent.setup(), store, asked, calls, forms: main.forms, performed: fake.asked };
};

const ringing: CallView = {
  ...{ id: 'k1', contactId: 'c1', direction: 'in', remote: '13800001234', service: '180', language: 'zh' },
  ...{
    waitedSeconds: 4,
    origin: 'trunk',
    priority: 'normal',
    callback: null,
    giver: null,
    form: null,
    phase: 'ringing',
  },
  ...{ since: 0, answeredAt: null, muted: false, announcement: null, quality: null, transfer: null, outcome: null },
};

/** The same call once both can talk. */
export const talking = {
  phase: 'talking',
  answeredAt: 5,
  announcement: { outcome: 'played', startedAt: 6, endedAt: 9 },
} as const;
