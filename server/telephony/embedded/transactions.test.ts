import { expect, test } from 'vitest';
import type { After } from './parts.ts';
import { makeRequest, makeResponse } from './sip-requests.ts';
import { type ClientOutcome, startClientTransaction, startServerTransaction } from './transactions.ts';

/** Time that passes when the test says so. */
const createTime = () => {
  let now = 0;
  let waiting: { readonly at: number; readonly run: () => void }[] = [];
  const after: After = (delayMs, run) => {
    const entry = { at: now + delayMs, run };
    waiting.push(entry);
    return () => {
      waiting = waiting.filter((one) => one !== entry);
    };
  };
  const pass = (ms: number): void => {
    const end = now + ms;
    for (;;) {
      const due = waiting.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      waiting = waiting.filter((one) => one !== due);
      now = due.at;
      due.run();
    }
    now = end;
  };
  return { after, pass, now: () => now, pending: () => waiting.length };
};

const request = (method: string) =>
  makeRequest({
    method,
    uri: 'sip:b@192.0.2.2',
    via: { transport: 'UDP', host: '192.0.2.1', port: 5060, params: new Map([['branch', 'z9hG4bKx']]) },
    from: '<sip:a@192.0.2.1>;tag=a',
    to: '<sip:b@192.0.2.2>',
    callId: 'c',
    cseq: 1,
    more: [],
    body: '',
  });

const startClient = (method: string, reliable = false, wireWorks = true) => {
  const time = createTime();
  const sent: { readonly at: number; readonly method: string }[] = [];
  const outcomes: ClientOutcome[] = [];
  let ended = 0;
  const transaction = startClientTransaction({
    request: request(method),
    reliable,
    after: time.after,
    send: (message) => {
      sent.push({ at: time.now(), method: message.split(' ')[0] ?? '' });
      return wireWorks;
    },
    onOutcome: (outcome) => outcomes.push(outcome),
    onEnd: () => {
      ended += 1;
    },
  });
  const answer = (status: number): void => transaction.receive(makeResponse(request(method), 'b', { status }));
  return { time, sent, outcomes, ended: () => ended, answer, transaction };
};

test('17.1.1.2 an INVITE over UDP is sent again after T1, 2 T1, 4 T1 … and given up after 64 T1', () => {
  const { time, sent, outcomes, ended } = startClient('INVITE');
  time.pass(40_000);
  expect(sent.map((one) => one.at)).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
  expect([outcomes, ended(), time.pending()]).toEqual([[{ type: 'timeout' }], 1, 0]);
});

test('17.1.1.2 an INVITE over a WebSocket is sent once', () => {
  const { time, sent, outcomes } = startClient('INVITE', true);
  time.pass(40_000);
  expect([sent.length, outcomes]).toEqual([1, [{ type: 'timeout' }]]);
});

test('17.1.1.2 a provisional answer ends the repetition; ringing may last', () => {
  const { time, sent, answer, ended } = startClient('INVITE');
  answer(180);
  time.pass(100_000);
  expect([sent.length, ended()]).toEqual([1, 0]);
});

test('17.1.1.2 a refusal is acknowledged each time it comes, and told once', () => {
  const { time, sent, outcomes, answer, ended } = startClient('INVITE');
  answer(486);
  answer(486);
  expect(sent.map((one) => one.method)).toEqual(['INVITE', 'ACK', 'ACK']);
  expect(outcomes).toHaveLength(1);
  time.pass(32_000);
  expect([ended(), time.pending()]).toEqual([1, 0]);
});

test('RFC 6026 each 2xx is told, for as long as timer M', () => {
  const { time, sent, outcomes, answer, ended } = startClient('INVITE');
  answer(200);
  answer(200);
  expect([sent.length, outcomes.length]).toEqual([1, 2]);
  time.pass(32_000);
  answer(200);
  expect([outcomes.length, ended(), time.pending()]).toEqual([2, 1, 0]);
});

test('17.1.2.2 another request is repeated up to every T2 and given up after 64 T1', () => {
  const { time, sent, outcomes } = startClient('BYE');
  time.pass(40_000);
  expect(sent.map((one) => one.at)).toEqual([
    0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
  ]);
  expect(outcomes).toEqual([{ type: 'timeout' }]);
});

test('17.1.2.2 a final answer is told once; its repetitions are swallowed for T4', () => {
  const { time, outcomes, answer, ended } = startClient('BYE');
  answer(200);
  answer(200);
  time.pass(4_999);
  expect([outcomes.length, ended()]).toEqual([1, 0]);
  time.pass(1);
  expect([ended(), time.pending()]).toEqual([1, 0]);
});

test('17.1.4 a connection that is gone is told', () => {
  const { time, outcomes, ended } = startClient('INVITE', true, false);
  time.pass(0);
  expect([outcomes, ended()]).toEqual([[{ type: 'transport-lost' }], 1]);
});

const startServer = (method: string, reliable = false) => {
  const time = createTime();
  const sent: string[] = [];
  let ended = 0;
  const transaction = startServerTransaction({
    request: request(method),
    reliable,
    after: time.after,
    send: (message) => {
      sent.push(message.split(' ')[1] ?? '');
      return true;
    },
    onEnd: () => {
      ended += 1;
    },
  });
  const respond = (status: number): void => transaction.respond(makeResponse(request(method), 'b', { status }));
  return { time, sent, respond, transaction, ended: () => ended };
};

test('17.2.1 an INVITE repeated gets the last provisional answer again', () => {
  const { sent, respond, transaction } = startServer('INVITE');
  respond(100);
  respond(180);
  transaction.repeat();
  expect(sent).toEqual(['100', '180', '180']);
});

test('17.2.1 a refusal is repeated until its ACK, which is then waited after for T4', () => {
  const { time, sent, respond, transaction, ended } = startServer('INVITE');
  respond(486);
  time.pass(1_600);
  expect(sent).toEqual(['486', '486', '486']);
  transaction.acknowledged();
  time.pass(4_999);
  expect([sent.length, ended()]).toEqual([3, 0]);
  time.pass(1);
  expect([ended(), time.pending()]).toEqual([1, 0]);
});

test('17.2.1 a refusal never acknowledged is given up after 64 T1', () => {
  const { time, respond, ended } = startServer('INVITE');
  respond(486);
  time.pass(32_000);
  expect([ended(), time.pending()]).toEqual([1, 0]);
});

test('RFC 6026 an INVITE repeated after its 2xx is swallowed for timer L', () => {
  const { time, sent, respond, transaction, ended } = startServer('INVITE');
  respond(200);
  transaction.repeat();
  expect(sent).toEqual(['200']);
  time.pass(32_000);
  expect([ended(), time.pending()]).toEqual([1, 0]);
});

test('17.2.2 another request repeated gets its answer again for timer J, on a WebSocket for no time', () => {
  const udp = startServer('BYE');
  udp.respond(200);
  udp.transaction.repeat();
  expect(udp.sent).toEqual(['200', '200']);
  udp.time.pass(32_000);
  expect(udp.ended()).toBe(1);
  const webSocket = startServer('BYE', true);
  webSocket.respond(200);
  webSocket.time.pass(0);
  expect(webSocket.ended()).toBe(1);
});
