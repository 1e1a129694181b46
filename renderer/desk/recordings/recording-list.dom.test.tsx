// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { Provider } from 'react-redux';
import { afterEach, expect, test } from 'vitest';
import { idleSyncStatus } from '../../../contract/idle-sync-status.ts';
import type { RequestOutput } from '../../../contract/ipc.ts';
import type { Language } from '../../../domain/access/language.ts';
import { opened } from '../../../domain/forms/procedure/procedure.fixture.ts';
import { makeI18n } from '../../app/i18n/i18n.ts';
import { syncTaken } from '../../app/store/desk-slice.ts';
import { fakeBridge } from '../../app/store/fake-bridge.ts';
import { progressTaken } from '../../app/store/files-slice.ts';
import type { ListedRecording } from '../../app/store/listen-to-recordings.ts';
import { makeStore } from '../../app/store/store.ts';
import { RecordingList } from './recording-list.tsx';

afterEach(cleanup);

const recording = (count: number, more: Partial<ListedRecording>): ListedRecording => ({
  id: `019ab000-0000-7000-8000-00000000000${count}`,
  contactId: 'c1',
  seat: '1001',
  service: '180',
  caller: '13800138000',
  startedAt: Date.UTC(2026, 10, 20, 2),
  endedAt: Date.UTC(2026, 10, 20, 2, 1),
  ms: 62_000,
  complete: true,
  sha256: String(count).repeat(64),
  size: 1_000_000,
  prunedAt: null,
  here: false,
  ...more,
});

const openList = async (parts: {
  readonly list: RequestOutput<'recording.list'>;
  readonly play?: RequestOutput<'recording.play'> | Promise<never>;
  readonly online?: boolean;
  readonly language?: Language;
}) => {
  const { language = 'zh' } = parts;
  const played = parts.play;
  const fake = fakeBridge({ 'recording.list': () => parts.list });
  const request: typeof fake.bridge.request = (name, input) => {
    if (name !== 'recording.play' || played === undefined) return fake.bridge.request(name, input);
    fake.asked.push({ name, input });
    // The answer is of the kind that was asked for: TypeScript cannot follow through the name.
    return Promise.resolve(played) as ReturnType<typeof fake.bridge.request<typeof name>>;
  };
  const { store } = makeStore(
    { bridge: { ...fake.bridge, request }, saving: new Map(), isTyping: () => false },
    {
      session: { person: { staffNumber: '9001', name: '', roles: ['supervisor'], languages: ['zh'] }, offline: false },
      settings: {
        interfaceLanguage: language,
        microphone: null,
        speaker: null,
        ringDevice: null,
        ringVolume: 1,
        sayYao: false,
        theme: 'light',
      },
    },
  );
  store.dispatch(syncTaken({ ...idleSyncStatus, link: parts.online === false ? 'offline' : 'online' }));
  render(
    <Provider store={store}>
      <I18nextProvider i18n={makeI18n(language)}>
        <RecordingList form={opened()} />
      </I18nextProvider>
    </Provider>,
  );
  return { user: userEvent.setup(), store, ...fake };
};
const listed = (...recordings: ListedRecording[]): RequestOutput<'recording.list'> => ({
  ok: true,
  value: { recordings, fresh: true },
});
const each = {
  here: recording(1, { here: true }),
  remote: recording(2, {}),
  deleted: recording(3, { prunedAt: Date.UTC(2026, 10, 22) }),
  gone: recording(4, { size: null }),
  incomplete: recording(5, { complete: false }),
} as const;
const places = async (): Promise<readonly string[]> =>
  (await screen.findAllByTestId('recording-place')).map((one) => one.textContent ?? '');

test.each([
  [
    'zh',
    ['已在本机', '在服务器上，977 KB', '已按保存期限于', '服务器上没有这段声音', '在服务器上，977 KB'],
    '没录完：通话结束前录音就中断了',
  ],
  [
    'en',
    [
      'On this desk',
      'At the server, 977 KB',
      'Deleted for its age',
      'The server does not have',
      'At the server, 977 KB',
    ],
    'Incomplete: it breaks off before the call ended',
  ],
] as const)('A3 each recording says in words where its sound is (%s)', async (language, words, incomplete) => {
  await openList({ list: listed(...Object.values(each)), language });
  const told = await places();
  for (const [index, word] of words.entries()) expect(told[index]).toContain(word);
  expect(screen.getByTestId('recording-incomplete').textContent).toContain(incomplete);
  // What cannot be heard is not offered.
  expect(screen.getAllByTestId('recording-listen')).toHaveLength(3);
});

test('A3 P2 with no network what is here can be heard, and what is not says so', async () => {
  const list = { ok: true, value: { recordings: [each.here, each.remote], fresh: false } } as const;
  await openList({
    list: { ok: true, value: { ...list.value, recordings: [...list.value.recordings] } },
    online: false,
  });
  expect(await places()).toEqual(['已在本机', '没有取到本机，现在连不上服务器']);
  expect(screen.getByTestId('recordings-old').textContent).toContain('上次查到的');
  expect(screen.getAllByTestId('recording-listen')).toHaveLength(1);
});

test('A3 while it comes, how much of it has come', async () => {
  const { user, store } = await openList({ list: listed(each.remote), play: new Promise<never>(() => undefined) });
  await user.click(await screen.findByTestId('recording-listen'));
  expect((await screen.findByTestId('talk-player')).textContent).toContain('正在取 0%');
  store.dispatch(progressTaken({ sha256: each.remote.sha256, have: 430_000, size: 1_000_000 }));
  expect((await screen.findByTestId('talk-player')).textContent).toContain('正在取 43%');
});

test.each([
  ['not-audited', '现在无法登记这次收听'],
  ['damaged', '校验不符，已丢弃'],
  ['unreachable', '已取到的部分会留着'],
  ['deleted', '已按保存期限删除'],
] as const)('A3 what cannot be played says why: %s', async (code, words) => {
  const { user, asked } = await openList({ list: listed(each.here), play: { ok: false, error: { code } } });
  await user.click(await screen.findByTestId('recording-listen'));
  expect((await screen.findByRole('alert')).textContent).toContain(words);
  const plays = () => asked.filter(({ name }) => name === 'recording.play');
  expect(plays()).toEqual([{ name: 'recording.play', input: { recording: each.here.id } }]);
  await user.click(screen.getByTestId('talk-again'));
  await screen.findByRole('alert');
  expect(plays()).toHaveLength(2);
});

test('A3 what is no sound is said to be damaged, and a list that does not come says why', async () => {
  const { user } = await openList({ list: listed(each.here), play: { ok: true, value: new Uint8Array(100) } });
  await user.click(await screen.findByTestId('recording-listen'));
  expect((await screen.findByRole('alert')).textContent).toContain('放不出来');
  cleanup();
  await openList({ list: { ok: false, error: { code: 'unreachable' } } });
  expect((await screen.findByTestId('recordings-fault')).getAttribute('data-value')).toBe('unreachable');
});
