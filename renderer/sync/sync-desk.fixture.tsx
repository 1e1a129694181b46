import { act, configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Provider } from 'react-redux';
import { idleSyncStatus } from '../../contract/idle-sync-status.ts';
import type { RequestInput, RequestName, RequestOutput, SyncStatus } from '../../contract/ipc.ts';
import type { AttentionCard, PendingOperation, SyncDetails } from '../../contract/sync-page.ts';
import type { Language } from '../../domain/access/language.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { isTyping } from '../app/hot-keys.ts';
import { App } from '../app/shell/app.tsx';
import { fakeBridge } from '../app/store/fake-bridge.ts';
import { listen } from '../app/store/listen.ts';
import { followMain } from '../app/store/main-events.ts';
import { makeStore } from '../app/store/store.ts';

// A machine at work is slow; what is waited for comes all the same.
configure({ asyncUtilTimeout: 15_000 });

const noCounts = { waiting: 0, mine: 0, problems: 0, checkBacksDue: 0 };
const none = { all: 0, held: 0, overdue: 0 };
const noDesks = {
  ...{ senior: none, department: none, manager: none, 'call-back': none, 'data-admin': none },
  overdue: 0,
};

export const formId = (count: number): string => `019ab000-0000-7000-8000-${String(count).padStart(12, '0')}`;

export const someDetails: SyncDetails = {
  cacheSize: 48_234_496,
  forms: 12_300,
  attachments: { count: 31, size: 5_242_880 },
  oldestChangeAt: Date.UTC(2026, 7, 3, 4),
  scope: 'all',
  key: 'keychain-and-password',
  device: '5a8f0d5e-6f5e-4e3e-8f5e-0d5e6f5e4e3e',
  deskNumber: 17,
  server: 'https://centre.example',
  versions: { desk: '0.1.0', sync: 4, schema: 12, electron: '33.2.1' },
};

export const pendingOn = (
  form: number,
  kind: PendingOperation['kind'],
  why: PendingOperation['why'] = 'next',
  by = '1001',
): PendingOperation => ({
  ...{ id: `${form}-${kind}-${why}`, form: formId(form), formNumber: `261124-0017-00${form}-5` },
  ...{ kind, why, by, madeAt: Date.now() - 120_000 },
});

export const refusedEdit: AttentionCard = {
  ...{ id: 'card', form: formId(1), formNumber: '261124-0017-001-7', kind: 'form.edit', madeAt: 1, by: '1001' },
  payload: {
    from: { callerName: '', complaintType: null },
    to: { callerName: '王小明', complaintType: 'billing-tariff' },
  },
  refusal: { code: 'fields-changed-meanwhile', fields: ['callerName'] },
  refusedBy: 'centre',
  centre: {
    fields: { ...emptyComplaint, callerName: '黄先生', complaintType: 'other' },
    ...{ transcript: '', status: 'draft', stage: 'drafting', holder: null, work: { state: 'none' } },
  },
  behind: { count: 0, first: [] },
};

type Answers = { readonly [Name in RequestName]?: (input: RequestInput<Name>) => RequestOutput<Name> };

/** The desk of a junior agent whose main process says these things of the sync. */
export const openSyncDesk = async (parts: {
  readonly language?: Language;
  readonly sync?: Partial<SyncStatus>;
  readonly pending?: readonly PendingOperation[];
  readonly details?: SyncDetails;
  readonly cards?: readonly AttentionCard[];
  readonly answers?: Answers;
}) => {
  const { language = 'zh', pending = [], details = someDetails } = parts;
  let status: SyncStatus = { ...idleSyncStatus, link: 'online', ...parts.sync };
  let cards = parts.cards ?? [];
  const fake = fakeBridge({
    'seat.read': () => null,
    'sync.read': () => status,
    'phone.read': () => ({ registration: { state: 'registered' }, calls: [], fault: null }),
    'attention.list': () => [...cards],
    'deadline.list': () => ({ forms: [], total: 0 }),
    'inbox.counts': () => ({ text: noCounts, recording: noCounts, checkBacksDue: 0 }),
    'desk.counts': () => noDesks,
    'form.list': () => ({ forms: [], total: 0, more: false }),
    'form.read': () => null,
    'sync.pending': ({ limit, offset }) => ({
      operations: pending.slice(offset, offset + limit),
      total: pending.length,
      forms: new Set(pending.map(({ form }) => form)).size,
    }),
    'sync.details': () => details,
    'sync.now': () => undefined,
    'diagnostics.save': () => ({ ok: true, value: 'saved' }),
    'attention.settle': () => {
      cards = [];
      return { ok: true, value: undefined };
    },
    'attention.offer-again': () => {
      cards = [];
      return { ok: true, value: undefined };
    },
    ...parts.answers,
  });
  const { store, listener } = makeStore(
    { bridge: fake.bridge, saving: new Map(), isTyping: () => isTyping(document.activeElement) },
    {
      session: {
        person: { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] },
        offline: false,
      },
      settings: {
        ...{ interfaceLanguage: language, microphone: null, speaker: null, ringDevice: null },
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
  /** What main says next. */
  const tell = (changes: Partial<SyncStatus>): void => {
    status = { ...status, ...changes };
    act(() => fake.tell('sync.changed', status));
  };
  /** A form has changed, and with it what its card says. */
  const tellForm = (changed: readonly AttentionCard[]): void => {
    cards = changed;
    act(() => fake.tell('form.changed', { form: changed[0]?.form ?? formId(1) }));
  };
  await act(async () => {});
  return { user: userEvent.setup(), asked: fake.asked, tell, tellForm };
};
