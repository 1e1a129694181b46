import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromDesk } from '../../contract/live.ts';
import type { TransferView } from '../../contract/transfer.ts';
import { createTransferLink } from './transfer-link.ts';

const asked = { id: '5f0c2f5e-8f0b-4b0e-9c51-0d7f6a4f9a11', to: 'senior', contactId: 'c1', form: null } as const;
const told: TransferView = {
  ...asked,
  giver: '1001',
  receiver: null,
  phase: 'preparing',
  end: null,
  missedBy: null,
  formSent: false,
};

const linkOf = (isUp = true) => {
  const sent: FromDesk[] = [];
  const changed: TransferView[] = [];
  const link = createTransferLink({
    send: (message) => {
      sent.push(message);
      return isUp;
    },
    onChanged: (transfer) => changed.push(transfer),
  });
  return { link, sent, changed };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('J1 the centre’s first word to what was asked is the answer; every word is told on', async () => {
  const { link, sent, changed } = linkOf();
  const answer = link.ask(asked);
  link.hear({ ...told, id: 'f0000000-0000-4000-8000-000000000001' });
  link.hear(told);
  link.hear({ ...told, phase: 'waiting' });
  expect(await answer).toEqual({ ok: true, value: told });
  expect(sent).toEqual([{ type: 'transfer.ask', transfer: asked }]);
  expect(changed.map(({ phase }) => phase)).toEqual(['preparing', 'preparing', 'waiting']);
  expect(link.last()?.phase).toBe('waiting');
});

test('J1 a centre that is not there, or says nothing, is told as unreachable', async () => {
  const cut = linkOf(false);
  expect(await cut.link.ask(asked)).toEqual({ ok: false, error: { code: 'unreachable' } });
  expect(cut.link.step({ id: asked.id, step: 'join' })).toEqual({ ok: false, error: { code: 'unreachable' } });
  const silent = linkOf().link.ask(asked);
  await vi.runAllTimersAsync();
  expect(await silent).toEqual({ ok: false, error: { code: 'unreachable' } });
});
