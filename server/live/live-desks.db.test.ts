import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { readChangesFrame } from '../../contract/changes-frame.ts';
import { livePath, routes, sipPath } from '../../contract/http.ts';
import { type FromDesk, type FromServer, fromServer } from '../../contract/live.ts';
import { type Change, change, syncVersion } from '../../contract/sync.ts';
import type { TransferView } from '../../contract/transfer.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { startTestCentre, type TestCentre } from '../api/app.fixture.ts';
import { headCursor, pullChanges } from '../sync/pull.ts';
import { newId, pushInto } from '../sync/push.fixture.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
}, 60_000);
afterAll(() => centre?.stop());

interface Frame {
  readonly after: number;
  readonly upTo: number;
  readonly changes: readonly Change[];
}

interface Client {
  readonly frames: readonly Frame[];
  readonly say: (message: FromDesk) => void;
  readonly heard: (type: FromServer['type']) => Promise<FromServer>;
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
}

const readFrame = (bytes: Uint8Array): Frame => {
  const frame = readChangesFrame(bytes);
  if (!frame) throw new Error('not a frame');
  const { after, upTo, gzip } = frame;
  return { after, upTo, changes: z.array(change).parse(JSON.parse(String(gunzipSync(gzip)))) };
};

const connect = async (): Promise<Client> => {
  const socket = new WebSocket(`ws://127.0.0.1:${centre.port}${livePath}`);
  const messages: FromServer[] = [];
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) frames.push(readFrame(data));
    else messages.push(fromServer.parse(JSON.parse(String(data))));
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  return {
    socket,
    closed,
    frames,
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

const greetWith = async (accessToken: string) => {
  const client = await connect();
  client.say({ type: 'hello', accessToken });
  const welcome = await client.heard('welcome');
  if (welcome.type !== 'welcome') throw new Error('not welcomed');
  return { ...client, welcome };
};

const greet = async (staffNumber: string) => {
  const { tokens, device } = await centre.signIn(staffNumber);
  return { ...(await greetWith(tokens.accessToken)), tokens, device };
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

let opened = 0;
/** Somebody at a desk opens a form and sends it in; answers its id. */
const pushForm = async (
  desk: Pick<Awaited<ReturnType<typeof greet>>, 'tokens' | 'device'>,
  ...later: readonly { readonly kind: string; readonly payload: object }[]
): Promise<string> => {
  opened += 1;
  const form = newId();
  const payload = {
    number: `261124-0098-${String(opened).padStart(3, '0')}-7`,
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: { ...emptyComplaint, contactNumber: '13800138000', complaintType: 'other', text: '断网' },
    attachments: [],
  };
  const operations = [{ kind: 'form.open', payload }, ...later].map((one, at) => ({
    ...{ id: newId(), device: desk.device, seq: opened * 10 + at, form, madeAt: 1, by: '8806' },
    ...one,
  }));
  const answer = await centre.app.inject({
    method: 'POST',
    url: routes.push.path,
    headers: { authorization: `Bearer ${desk.tokens.accessToken}` },
    payload: { syncVersion, operations },
  });
  const { results } = routes.push.answer.parse(answer.json());
  expect(results.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
  return form;
};
const endOfLog = () => headCursor(centre.records.db);
const chained = (from: number, frames: readonly Frame[]): number =>
  frames.reduce((at, { after, upTo }) => {
    expect(after).toBe(at);
    return upTo;
  }, from);

test('P2 S4 what one desk changes is sent to every desk in scope, and to nobody else', async () => {
  const author = await greet('8806');
  const [agent, billing, network, installer] = [
    await greet('1001'),
    await greet('7002'),
    await greet('7001'),
    await greet('0001'),
  ];
  expect(agent.welcome).toMatchObject({ scope: 'all', cursor: await endOfLog() });
  expect(billing.welcome).toMatchObject({ scope: 'department:billing' });
  expect(installer.welcome).toMatchObject({ scope: 'none' });
  const order = { order: randomUUID(), type: 'dispatch', department: 'billing', text: '请核查', follows: null };
  const form = await pushForm(author, { kind: 'form.order', payload: order });
  const head = await endOfLog();
  const desks = [author, agent, billing, network];
  for (const { frames } of desks) await expect.poll(() => frames.at(-1)?.upTo).toBe(head);
  for (const { welcome, frames } of desks) expect(chained(welcome.cursor, frames)).toBe(head);
  const whole = (await pullChanges(centre.records.db, head - 1, 1)).changes[0];
  expect(whole?.form.id).toBe(form);
  expect(agent.frames.at(-1)?.changes.at(-1)).toEqual(whole);
  expect(billing.frames.at(-1)?.changes.at(-1)?.form).toEqual(whole && seenByDepartment(whole.form, 'billing'));
  expect(network.frames.flatMap(({ changes }) => changes)).toEqual([]);
  expect(installer.frames).toEqual([]);
  for (const { socket } of [...desks, installer]) socket.close();
});

test('P2 between the welcome of a desk and its first frame no change falls, however many are being made', async () => {
  const author = await greet('8806');
  const { tokens } = await centre.signIn('1001');
  let isWriting = true;
  const writing = (async () => {
    while (isWriting) {
      await pushForm(author);
      // The records have one connection: those who say hello want it too.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const desks: Awaited<ReturnType<typeof greetWith>>[] = [];
  for (let count = 0; count < 25; count += 1) desks.push(await greetWith(tokens.accessToken));
  isWriting = false;
  await writing;
  const head = await endOfLog();
  for (const { welcome, frames, socket } of desks) {
    expect(socket.readyState).toBe(WebSocket.OPEN);
    if (welcome.cursor < head) await expect.poll(() => frames.at(-1)?.upTo, { timeout: 5_000 }).toBe(head);
    expect(chained(welcome.cursor, frames)).toBe(head);
    const sent = frames.flatMap(({ changes }) => changes.map(({ cursor }) => cursor));
    expect(sent).toEqual(Array.from({ length: head - welcome.cursor }, (_, at) => welcome.cursor + at + 1));
  }
  expect(desks.filter(({ welcome }) => welcome.cursor < head).length).toBeGreaterThan(15);
  for (const { socket } of [...desks, author]) socket.close();
});

test('P2 what another server on the same records changes reaches the desks too', async () => {
  const desk = await greet('1001');
  const { device, tokens } = await centre.signIn('8806');
  const session = (await centre.authentication.check(tokens.accessToken)) ?? expect.unreachable();
  const other = pushInto(centre.records, { clock: Date.now });
  const open = { ...{ id: newId(), device, seq: 1, form: newId(), madeAt: 1, by: '8806' }, kind: 'form.open' };
  const fields = { ...emptyComplaint, text: '别处' };
  const payload = { number: '261124-0097-001-7', kind: 'complaint', origin: { via: 'desk', channel: 'voice' }, fields };
  await other.take([{ ...open, payload: { ...payload, attachments: [] } }], session);
  await expect.poll(() => desk.frames.at(-1)?.changes.at(-1)?.form.fields.text, { timeout: 3_000 }).toBe('别处');
  expect(chained(desk.welcome.cursor, desk.frames)).toBe(await endOfLog());
  desk.socket.close();
});

test('P2 S4 whose roles are changed comes again and is told of the new scope; who is staff no more signs in again', async () => {
  const { db } = centre.records;
  const setStaff = (values: { readonly roles?: string; readonly department?: string; readonly active?: boolean }) =>
    db.updateTable('staff').set(values).where('staff_number', '=', '2001').execute();
  const desk = await greet('2001');
  const other = await greet('1001');
  expect(desk.welcome.scope).toBe('all');
  await setStaff({ roles: '["department"]', department: 'billing' });
  expect(await desk.closed).toBe(4402);
  const again = await greetWith(desk.tokens.accessToken);
  expect(again.welcome.scope).toBe('department:billing');
  await setStaff({ active: false });
  expect(await again.closed).toBe(4401);
  expect(other.socket.readyState).toBe(WebSocket.OPEN);
  other.socket.close();
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
  await expect.poll(() => centre.floor.told.at(-1), { timeout: 8_000 }).toBe('1002 lost');
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
