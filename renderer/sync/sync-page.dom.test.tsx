// @vitest-environment happy-dom
import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { SyncStatus } from '../../contract/ipc.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { openSyncDesk, pendingOn, refusedEdit, someDetails } from './sync-desk.fixture.tsx';

afterEach(cleanup);

const textOf = (testId: string): string => screen.getByTestId(testId).textContent ?? '';

/** Language, what main says, where it stands, in words. */
const standing: readonly (readonly ['zh' | 'en', Partial<SyncStatus>, string, string])[] = [
  ['zh', { link: 'online' }, 'link-state', '在线'],
  ['en', { link: 'online' }, 'link-state', 'Online'],
  ['zh', { link: 'offline', pending: 1_230 }, 'link-state', '离线'],
  ['en', { link: 'offline', pending: 1_230 }, 'pending-count', '1,230 to send'],
  ['zh', { link: 'catching-up', pending: 12 }, 'link-state', '正在同步'],
  ['en', { link: 'catching-up' }, 'link-state', 'Catching up'],
  ['zh', { pending: 12 }, 'pending-count', '待上传 12'],
  ['zh', { attention: 3 }, 'attention-count', '3 项需处理'],
  ['en', { attention: 3 }, 'attention-count', '3 to settle'],
  [
    'zh',
    { fill: { done: 12_300, total: 50_000, remainingMs: 40_000 } },
    'sync-fill',
    '正在取回表单 12,300 / 50,000，约剩 40 秒',
  ],
  [
    'en',
    { fill: { done: 12_300, total: 50_000, remainingMs: 40_000 } },
    'sync-fill',
    'Fetching forms 12,300 / 50,000, about 40 s left',
  ],
  ['zh', { fill: { done: 0, total: 50_000, remainingMs: null } }, 'sync-fill', '正在取回表单 0 / 50,000可以照常工作'],
  ['zh', { unindexed: 1_200 }, 'sync-unindexed', '搜索还差 1,200 张表单'],
  ['en', { unindexed: 1_200 }, 'sync-unindexed', 'Search misses 1,200 forms still'],
  ...(['zh', 'en'] as const).flatMap((language) => [
    [language, { trouble: 'disk-full' }, 'sync-trouble', language === 'zh' ? '磁盘已满' : 'disk is full'] as const,
    [language, { trouble: 'read-only' }, 'sync-trouble', language === 'zh' ? '不能写入' : 'cannot be written'] as const,
    [language, { trouble: 'cannot-read-centre' }, 'sync-trouble', language === 'zh' ? '读不懂' : 'understood'] as const,
    [language, { trouble: 'wrong-version' }, 'sync-trouble', language === 'zh' ? '升级' : 'update'] as const,
    [language, { trouble: 'signed-out' }, 'sync-trouble', language === 'zh' ? '重新登录' : 'log out and in'] as const,
  ]),
];

describe('P2 the shell says how it stands with the centre', () => {
  test.each(standing)('%s %j', async (language, sync, testId, words) => {
    await openSyncDesk({ language, sync });
    expect(textOf(testId)).toContain(words);
  });
});

test('P2 a state is read aloud once it has stood, and counting is not', async () => {
  const { tell } = await openSyncDesk({ sync: { link: 'online' } });
  await waitFor(() => expect(textOf('sync-news')).toBe('在线'));
  tell({ link: 'offline', pending: 1 });
  tell({ link: 'catching-up', pending: 2 });
  tell({ link: 'online', pending: 0 });
  tell({ link: 'offline', pending: 7 });
  expect(textOf('sync-news')).toBe('在线');
  await waitFor(() => expect(textOf('sync-news')).toBe('离线'));
  expect(screen.getByTestId('link-state').closest('[role=status]')).toBeNull();
  tell({ trouble: 'disk-full', pending: 8 });
  await waitFor(() => expect(textOf('sync-news')).toContain('本机磁盘已满'));
});

test('P2 F5 opens the sync page: what waits, form by form, since when and why; Esc gives the focus back', async () => {
  const pending = [
    pendingOn(1, 'form.note', 'held'),
    pendingOn(1, 'form.submit', 'held'),
    pendingOn(2, 'form.open'),
    pendingOn(3, 'form.edit', 'colleague', '1002'),
  ];
  const sync = { link: 'offline', pending: 4, held: 2, attention: 1, pendingSince: Date.now() - 720_000 } as const;
  const { user } = await openSyncDesk({ pending, sync });
  screen.getByTestId('sync-open').focus();
  await user.keyboard('{F5}');
  await screen.findByTestId('pending-list');
  expect(textOf('pending-total')).toBe('4 项，3 张单');
  expect(screen.getAllByTestId('pending-operation').map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^加备注.*等了 2 分钟 等待处理被退回的那一项$/),
    expect.stringMatching(/^提交.*等待处理被退回的那一项$/),
    expect.stringMatching(/^建单.*等网络恢复$/),
    expect.stringMatching(/^修改.*1002 所写，等其在本机登录后上传$/),
  ]);
  expect(textOf('sync-page')).toContain('已等 12 分钟。 其中 2 项在等处理被退回的操作。');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('sync-page')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('sync-open')));
});

test('the sync page tells what is kept here and how, in both languages', async () => {
  const sync = { clockOffsetMs: 120_000, lastContactAt: Date.now() - 180_000, unindexed: 40 };
  const { user } = await openSyncDesk({ sync });
  await user.click(screen.getByTestId('sync-open'));
  await screen.findByText('17');
  for (const said of [
    '3 分钟前',
    '本机时钟慢 2 分钟，期限按中心时间计算',
    '12,300 张',
    '全部表单',
    '46.0 MB',
    '31 个，5.0 MB',
  ])
    expect(textOf('sync-facts')).toContain(said);
  for (const said of ['搜索还差 40 张表单', '系统钥匙串', someDetails.device, 'https://centre.example', '数据 12'])
    expect(textOf('sync-facts')).toContain(said);
  cleanup();
  const english = await openSyncDesk({
    language: 'en',
    sync: { clockOffsetMs: -90_000, lastContactAt: null },
    details: { ...someDetails, scope: 'department:billing', key: 'password', oldestChangeAt: null },
  });
  await english.user.click(screen.getByTestId('sync-open'));
  await screen.findByText('17');
  for (const said of ['none yet', "This desk's clock is 2 min fast", 'forms with an order for', 'needs your password'])
    expect(textOf('sync-facts')).toContain(said);
});

test('a clock that is right within five seconds is no news, and an empty outbox says so', async () => {
  const { user } = await openSyncDesk({ sync: { clockOffsetMs: -4_900 } });
  await user.click(screen.getByTestId('sync-open'));
  await screen.findByText('都已送到服务器，没有待上传的内容。');
  expect(textOf('sync-facts')).toContain('与服务器一致');
});

test('five thousand that wait are read a page at a time; the page follows what main says', async () => {
  const pending = Array.from({ length: 5_000 }, (_, count) => ({ ...pendingOn(1, 'form.note'), id: `n${count}` }));
  const { user, asked, tell } = await openSyncDesk({ pending, sync: { pending: 5_000 } });
  await user.click(screen.getByTestId('sync-open'));
  await screen.findByTestId('pending-list');
  expect(textOf('pending-total')).toBe('5,000 项，1 张单');
  expect(screen.getAllByTestId('pending-operation')).toHaveLength(100);
  const reads = (): number => asked.filter(({ name }) => name === 'sync.pending').length;
  const before = reads();
  tell({ pending: 4_900 });
  tell({ pending: 4_800 });
  await waitFor(() => expect(reads()).toBe(before + 1));
  expect(asked.findLast(({ name }) => name === 'sync.pending')?.input).toEqual({ limit: 100, offset: 0 });
});

test('it syncs at once on wish, and saves a bundle of which it says what is not in it', async () => {
  const { user, asked } = await openSyncDesk({});
  await user.click(screen.getByTestId('sync-open'));
  await user.click(await screen.findByTestId('sync-now'));
  expect(asked.map(({ name }) => name)).toContain('sync.now');
  expect(textOf('sync-page')).toContain('不含姓名、号码和所写的内容');
  await user.click(screen.getByRole('checkbox'));
  await user.click(screen.getByTestId('diagnostics-save'));
  await waitFor(() => expect(textOf('diagnostics-outcome')).toContain('已保存'));
  expect(asked.findLast(({ name }) => name === 'diagnostics.save')?.input).toEqual({ checkCache: true });
});

describe('P2 a refused operation', () => {
  test('stands with what was seen, written, and stands there now, and is offered again by keys alone', async () => {
    const behind = {
      count: 9,
      first: [{ id: 'b', kind: 'form.note', madeAt: 2, payload: { text: '要求回电' } }],
    } as const;
    const card = { ...refusedEdit, behind: { ...behind, first: [...behind.first] } };
    const { user, asked } = await openSyncDesk({ cards: [card], sync: { attention: 1, pending: 9, held: 9 } });
    screen.getByTestId('attention-open').focus();
    await user.keyboard('{Enter}');
    const shown = await screen.findByTestId('attention-card');
    const rows = [...shown.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['用户姓名', '（空）', '王小明', '黄先生'],
      ['投诉类型', '（空）', '计费资费', '其他'],
    ]);
    expect(textOf('attention-behind')).toContain('之后还有 9 项在等它');
    expect(textOf('attention-behind')).toContain('要求回电');
    expect(textOf('attention-behind')).toContain('还有 8 项没有列出');
    while (document.activeElement !== screen.getByTestId('attention-again')) await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('attention-card')).toBeNull());
    expect(asked.findLast(({ name }) => name === 'attention.offer-again')?.input).toEqual({ operation: 'card' });
  });

  test('that is refused here again says why and stays; put away only once that is meant', async () => {
    const { user, asked } = await openSyncDesk({
      cards: [refusedEdit],
      sync: { attention: 1 },
      answers: { 'attention.offer-again': () => ({ ok: false, error: { code: 'already-submitted' } }) },
    });
    await user.click(screen.getByTestId('attention-open'));
    await user.click(await screen.findByTestId('attention-again'));
    expect((await screen.findByTestId('attention-refused')).textContent).toBe('仍被退回：投诉单已经提交，不能再改');
    await user.click(screen.getByTestId('attention-dismiss'));
    // The focus is on the way that keeps it.
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('attention-dismiss-no')));
    await user.keyboard('{Enter}');
    expect(asked.map(({ name }) => name)).not.toContain('attention.settle');
    await user.click(screen.getByTestId('attention-dismiss'));
    await user.click(screen.getByTestId('attention-dismiss-yes'));
    await waitFor(() => expect(screen.queryByTestId('attention-card')).toBeNull());
    expect(asked.findLast(({ name }) => name === 'attention.settle')?.input).toMatchObject({ operation: 'card' });
  });

  test('shows what the centre has as soon as that comes, which may be after the refusal', async () => {
    const early = {
      ...refusedEdit,
      centre: refusedEdit.centre && { ...refusedEdit.centre, fields: { ...emptyComplaint } },
    };
    const { user, tellForm } = await openSyncDesk({ cards: [early], sync: { attention: 1 } });
    await user.click(screen.getByTestId('attention-open'));
    expect((await screen.findByTestId('attention-card')).textContent).not.toContain('黄先生');
    tellForm([refusedEdit]);
    await waitFor(() => expect(screen.getByTestId('attention-card').textContent).toContain('黄先生'));
  });

  test('by this desk alone is on its way still, and offers nothing', async () => {
    const { user } = await openSyncDesk({ cards: [{ ...refusedEdit, refusedBy: 'desk' }], sync: { attention: 1 } });
    await user.click(screen.getByTestId('attention-open'));
    expect((await screen.findByTestId('attention-card')).textContent).toContain('由服务器裁定');
    expect(screen.queryByTestId('attention-again')).toBeNull();
  });

  test('of a form that the centre does not have shows all of what was written', async () => {
    const fields = { ...refusedEdit.centre?.fields, callerName: '李四', text: '宽带不通', account: 'BB-1' };
    const payload = {
      ...{ number: 'n', kind: 'complaint', origin: { via: 'desk', channel: 'voice' } },
      ...{ fields, attachments: [] },
    };
    const card = { ...refusedEdit, kind: 'form.open', payload, centre: null, refusal: { code: 'unreadable' } } as const;
    const { user } = await openSyncDesk({ cards: [card], sync: { attention: 1 }, language: 'en' });
    await user.click(screen.getByTestId('attention-open'));
    const shown = (await screen.findByTestId('attention-card')).textContent ?? '';
    for (const said of ['李四', '宽带不通', 'BB-1', 'Other', 'The server has no such form', 'Submit again'])
      expect(shown).toContain(said);
  });
});

test('P2 the list is there to be worked on while the first forms come in', async () => {
  await openSyncDesk({ sync: { fill: { done: 200, total: 50_000, remainingMs: 90_000 } } });
  expect(screen.getByTestId('form-list')).toBeTruthy();
  expect(screen.getByText('正在取回表单，已取到的都在这里，可以先办。')).toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>('form-search').disabled).toBe(false);
});

describe('a number that this desk does not keep', () => {
  const typed = async (parts: Parameters<typeof openSyncDesk>[0], search: string) => {
    const desk = await openSyncDesk(parts);
    await desk.user.type(screen.getByTestId('form-search'), search);
    return desk;
  };

  test.each([
    ['zh', 2, '中心有 2 张，已取到本机。'],
    ['en', 0, 'The centre has no form with this number either.'],
  ] as const)('P2 is looked for at the centre, in %s, %d found', async (language, found, words) => {
    const answers = { 'form.find-at-centre': () => ({ ok: true as const, value: { found } }) };
    const { user, asked } = await typed({ language, answers }, '13900001111');
    await user.click(await screen.findByTestId('find-at-centre'));
    await screen.findByText(words);
    expect(asked.filter(({ name }) => name === 'form.find-at-centre')).toEqual([
      { name: 'form.find-at-centre', input: { number: '13900001111' } },
    ]);
  });

  test('P2 offline it is said that only what is kept here is searched; a word is not asked for', async () => {
    await typed({ sync: { link: 'offline' } }, '13900001111');
    await screen.findByText('离线时只能查本机保存的表单。');
    expect(screen.getByTestId('find-at-centre')).toHaveProperty('disabled', true);
    cleanup();
    await typed({}, '宽带掉线了好几天');
    expect(screen.queryByTestId('find-at-centre')).toBeNull();
  });
});
