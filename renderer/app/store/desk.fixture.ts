import { vi } from 'vitest';
import { idleSyncStatus } from '../../../contract/idle-sync-status.ts';
import type { FormView, RequestInput, RequestName, RequestOutput } from '../../../contract/ipc.ts';
import type { CallView } from '../../../contract/phone.ts';
import { complaintFields, emptyComplaint } from '../../../domain/forms/complaint.ts';
import type { FormAction } from '../../../domain/forms/operations.ts';
import { perform } from '../../../domain/forms/perform.ts';
import { newProcedure } from '../../../domain/forms/procedure/procedure.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import type { Role } from '../../../domain/people/roles.ts';
import { fakeBridge } from './fake-bridge.ts';
import { listen } from './listen.ts';
import { followMain } from './main-events.ts';
import { makeStore } from './store.ts';

const noCounts = { waiting: 0, mine: 0, problems: 0, checkBacksDue: 0 };
const none = { all: 0, held: 0, overdue: 0 };
const noDesks = {
  ...{ senior: none, department: none, manager: none, 'call-back': none, 'data-admin': none },
  overdue: 0,
};
export const idOf = (count: number): string => `0193000${count}-0000-7000-8000-000000000000`;

/** A main process that keeps forms in memory by the domain's own rules. */
export const makeDesk = async (
  parts: {
    readonly isTyping?: () => boolean;
    readonly staffNumber?: string;
    readonly roles?: readonly Role[];
    /** More of what main answers. */
    readonly answers?: { readonly [Name in RequestName]?: (input: RequestInput<Name>) => RequestOutput<Name> };
  } = {},
) => {
  const { staffNumber = '1001', roles = ['junior-agent'] } = parts;
  const forms = new Map<string, FormView>();
  let seq = 0;
  const act = (action: FormAction) => {
    seq += 1;
    const envelope = { id: idOf(9), device: idOf(8), seq, madeAt: seq, by: staffNumber };
    const done = perform(forms.get(action.form)?.form, { ...envelope, ...action }, { roles }, usualProcedureRules);
    if (!done.ok) return done;
    const view: FormView = { form: done.value, pending: 1, attention: [], tentative: false, masked: [] };
    forms.set(action.form, view);
    return { ok: true as const, value: view };
  };
  const fake = fakeBridge({
    'seat.read': () => null,
    'sync.read': () => ({ ...idleSyncStatus, link: 'online' }),
    'phone.read': () => ({ registration: { state: 'registered' }, calls: [], fault: null }),
    'attention.list': () => [],
    'deadline.list': () => ({ forms: [], total: 0 }),
    'inbox.counts': () => ({ text: noCounts, recording: noCounts, checkBacksDue: 0 }),
    'desk.counts': () => noDesks,
    'form.list': () => ({ forms: [], total: forms.size, more: false }),
    'form.likely': () => [],
    'form.of-caller': () => [],
    'form.read': ({ form }) => forms.get(form) ?? null,
    'form.open': ({ kind, fields }) => {
      const id = idOf(forms.size + 1);
      const form = {
        id,
        number: `N${forms.size + 1}`,
        kind,
        status: 'draft' as const,
        origin: { via: 'desk' as const, channel: 'voice' as const },
        work: { state: 'none' as const },
        fields: complaintFields.parse({ ...emptyComplaint, ...fields }),
        attachments: [],
        notes: [],
        calls: [],
        transcript: '',
        callbackTries: [],
        checkBacks: [],
        received: [],
        procedure: newProcedure(0),
        openedBy: '1001',
        openedAt: 0,
        changedAt: 0,
        history: [],
      };
      forms.set(id, { form, pending: 1, attention: [], tentative: false, masked: [] });
      return { ok: true, value: { form, pending: 1, attention: [], tentative: false, masked: [] } };
    },
    'form.perform': (action) => act(action as FormAction),
    ...parts.answers,
  });
  const { store, listener } = makeStore(
    { bridge: fake.bridge, saving: new Map(), isTyping: parts.isTyping ?? (() => false) },
    {
      session: {
        person: { staffNumber, name: '', roles: [...roles], languages: ['zh'] },
        offline: false,
      },
      settings: {
        interfaceLanguage: 'zh',
        microphone: null,
        speaker: null,
        ringDevice: null,
        ringVolume: 1,
        sayYao: false,
        theme: 'light',
      },
    },
  );
  listen(listener);
  const stop = followMain(fake.bridge, store);
  await vi.advanceTimersByTimeAsync(0);
  const performed = (kind: FormAction['kind']) =>
    fake.asked.filter((one) => one.name === 'form.perform' && (one.input as FormAction).kind === kind);
  /** The phone's whole snapshot with this one call. */
  const phone = async (call: Partial<CallView>): Promise<void> => {
    fake.tell('phone.changed', {
      registration: { state: 'registered' },
      fault: null,
      calls: [{ ...ringing, ...call }],
    });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { store, stop, forms, act, performed, phone, ...fake };
};

export const ringing: CallView = {
  id: 'k1',
  contactId: 'c1',
  direction: 'in',
  remote: '13912345678',
  service: '180',
  language: 'zh',
  waitedSeconds: 4,
  origin: 'trunk',
  priority: 'normal',
  callback: null,
  form: null,
  giver: null,
  phase: 'ringing',
  since: 0,
  answeredAt: null,
  muted: false,
  announcement: null,
  quality: null,
  transfer: null,
  outcome: null,
};
