import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { livePath, routes, sipPath } from '../../contract/http.ts';
import { type FromDesk, type FromServer, fromServer } from '../../contract/live.ts';
import { syncVersion } from '../../contract/sync.ts';
import type { TransferView } from '../../contract/transfer.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { startTestCentre, type TestCentre } from '../api/app.fixture.ts';
import { newId } from '../sync/push.fixture.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
}, 60_000);
afterAll(() => centre?.stop());

interface Client {
  readonly say: (message: FromDesk) => void;
  readonly heard: (type: FromServer['type']) => Promise<FromServer>;
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
}

const connect = async (): Promise<Client> => {
  const socket = new WebSocket(`ws://127.0.0.1:${centre.port}${livePath}`);
  const messages: FromServer[] = [];
  socket.on('message', (data) => messages.push(fromServer.parse(JSON.parse(String(data)))));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  return {
    socket,
    closed,
    say: (message) => socket.send(JSON.stringify(message)),
    heard: async (type) => {
      for (;;) {
        const at = messages.findIndex((message) => message.type === type);
        const [found] = at < 0 ? [] : messages.splice(0, at + 1).slice(-1);
        if (found) return found;
        await once(socket, 'message');
      }
    },
  };
};

const greet = async (staffNumber: string) => {
  const { tokens, device } = await centre.signIn(staffNumber);
  const client = await connect();
  client.say({ type: 'hello', accessToken: tokens.accessToken });
  const welcome = await client.heard('welcome');
  return { ...client, tokens, device, welcome };
};

test('A9 a desk is told when customers are rung again', async () => {
  const desk = await greet('1002');
  expect(desk.welcome).toMatchObject({
    callbackRules: { retryAfterMs: { 'no-answer': 60_000, busy: 30_000 }, maxTries: 9 },
  });
  desk.socket.close();
  await desk.closed;
});

test('a desk is welcomed with its seat, and what the agent does reaches the floor', async () => {
  const desk = await greet('1001');
  expect(desk.welcome).toMatchObject({ type: 'welcome', seat: { staffNumber: '1001', phase: 'break' }, waiting: 0 });
  desk.say({ type: 'seat.event', event: 'make-ready' });
  expect(await desk.heard('seat.changed')).toMatchObject({ seat: { phase: 'ready' } });
  centre.floor.setWaiting(3);
  expect(await desk.heard('queue.changed')).toMatchObject({ waiting: 3 });
  centre.floor.setWaiting(0);
  desk.say({ type: 'ping' });
  expect(await desk.heard('pong')).toBeDefined();
  // What only a call can cause is not for the desk to say.
  desk.say({ type: 'seat.event', event: 'answer' });
  desk.say({ type: 'seat.event', event: 'pause' });
  expect(await desk.heard('seat.changed')).toMatchObject({ seat: { phase: 'break' } });
  desk.socket.terminate();
  await expect.poll(() => centre.floor.told.at(-1)).toBe('1001 lost');
});

test('no hello in time, a bad token, and nonsense close the connection', async () => {
  expect(await (await connect()).closed).toBe(4401);
  const stranger = await connect();
  stranger.say({ type: 'hello', accessToken: 'nobody.knows' });
  expect(await stranger.closed).toBe(4401);
  const babbler = await connect();
  babbler.socket.send('{"type":"hello"');
  expect(await babbler.closed).toBe(4400);
});

test('before its hello a desk hears nothing and moves nothing', async () => {
  const silent = await connect();
  const before = centre.floor.told.length;
  silent.say({ type: 'seat.event', event: 'make-ready' });
  silent.say({ type: 'ping' });
  centre.floor.setWaiting(1);
  centre.floor.setWaiting(0);
  expect(await silent.closed).toBe(4401);
  expect(centre.floor.told).toHaveLength(before);
});

test('a supervisor is connected without a seat', async () => {
  const desk = await greet('9001');
  expect(desk.welcome).toMatchObject({ seat: { phase: 'off' } });
  desk.say({ type: 'seat.event', event: 'make-ready' });
  desk.say({ type: 'ping' });
  await desk.heard('pong');
  expect(centre.floor.told.some((line) => line.startsWith('9001'))).toBe(false);
  desk.socket.close();
});

test('J1 S1 what a seat asks of a transfer reaches the floor, and news of it reach the seats it is about alone', async () => {
  const giver = await greet('1001');
  const other = await greet('1002');
  const id = '5f0c2f5e-8f0b-4b0e-9c51-0d7f6a4f9a11';
  giver.say({ type: 'transfer.ask', transfer: { id, to: 'senior', contactId: 'c1', form: null } });
  giver.say({ type: 'transfer.step', transfer: { id, step: 'begin', formSent: true } });
  giver.say({ type: 'rating.ask', contactId: 'c1' });
  await expect
    .poll(() => centre.floor.told.slice(-3))
    .toEqual(['1001 transfer senior', '1001 begin', '1001 rating c1']);
  const transfer: TransferView = {
    id,
    contactId: 'c1',
    form: null,
    to: 'senior',
    giver: '1001',
    receiver: '8806',
    phase: 'ringing',
    end: null,
    missedBy: null,
    formSent: true,
  };
  centre.floor.tellTransfer({ seats: ['1002'], transfer });
  centre.floor.tellTransfer({ seats: ['1001', '8806'], transfer: { ...transfer, phase: 'consulting' } });
  expect(await giver.heard('transfer.changed')).toMatchObject({ transfer: { phase: 'consulting' } });
  expect(await other.heard('transfer.changed')).toMatchObject({ transfer: { phase: 'ringing' } });
  for (const desk of [giver, other]) {
    desk.socket.close();
    await desk.closed;
  }
});

test('P2 a push by one desk tells every desk that may read forms to pull', async () => {
  const one = await greet('1001');
  const two = await greet('9001');
  const operation = {
    id: newId(),
    device: one.device,
    seq: 1,
    form: newId(),
    madeAt: 1,
    by: '1001',
    kind: 'form.open',
    payload: {
      number: '261124-0098-001-7',
      kind: 'complaint',
      origin: { via: 'desk', channel: 'voice' },
      fields: emptyComplaint,
      attachments: [],
    },
  };
  await centre.app.inject({
    method: 'POST',
    url: routes.push.path,
    headers: { authorization: `Bearer ${one.tokens.accessToken}` },
    payload: { syncVersion, operations: [operation] },
  });
  const [told, toldToo] = [await one.heard('forms.changed'), await two.heard('forms.changed')];
  expect(told).toEqual(toldToo);
  one.socket.close();
  two.socket.close();
});

test('the end of the session takes the seat off and closes its connection', async () => {
  const desk = await greet('8806');
  await centre.app.inject({
    method: 'DELETE',
    url: routes.signOut.path,
    headers: { authorization: `Bearer ${desk.tokens.accessToken}` },
  });
  expect(await desk.closed).toBe(4401);
  expect(centre.floor.view('8806').phase).toBe('off');
});

test('a desk that no longer answers is let go', async () => {
  const desk = await greet('1002');
  desk.socket.pause();
  await expect.poll(() => centre.floor.told.at(-1), { timeout: 3_000 }).toBe('1002 lost');
  desk.socket.terminate();
});

test('RFC 7118 SIP comes over the subprotocol sip or not at all', async () => {
  const url = `ws://127.0.0.1:${centre.port}${sipPath}`;
  const proper = new WebSocket(url, 'sip');
  await once(proper, 'open');
  expect(proper.protocol).toBe('sip');
  await once(proper, 'close');
  expect(centre.sipSockets).toHaveLength(1);
  for (const protocols of [[], ['soap']]) {
    const improper = new WebSocket(url, protocols);
    const [error] = await once(improper, 'error');
    expect(String(error)).toContain('400');
  }
});
