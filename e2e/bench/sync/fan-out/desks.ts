/** Process of many simulated desks; started by fan-out.ts alone. */
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { routes } from '../../../../contract/http.ts';
import { syncVersion } from '../../../../contract/sync.ts';
import type { Operation } from '../../../../domain/forms/operations.ts';
import { connectDesk, type Heard, nowMs } from './simulated-desk.ts';
import { asked, type SimulatedDesk, type Told } from './words.ts';

const atOnce = 25;
const longestMs = 30_000;
const settleWithinMs = 30_000;

let server = '';
let desks: readonly SimulatedDesk[] = [];
const heard: Heard[] = [];

const tell = (told: Told): void => void process.send?.(told);

const connect = async (): Promise<void> => {
  for (let from = 0; from < desks.length; from += atOnce)
    heard.push(...(await Promise.all(desks.slice(from, from + atOnce).map((desk) => connectDesk(server, desk)))));
};

/** At a steady rate, whatever the answers take; a desk sends its next edit after the answer to its last. */
const edit = async (editsPerSecond: number, seconds: number): Promise<void> => {
  const acknowledged: { readonly operation: string; readonly at: number }[] = [];
  let refused = 0;
  let late = 0;
  const where = new Map<string, string>();
  const free = desks.flatMap(({ accessToken, address, edits }) =>
    edits ? [{ accessToken, address, ...edits, turn: 0 }] : [],
  );
  const editOne = async (desk: (typeof free)[number], count: number): Promise<void> => {
    const form = desk.forms[desk.turn % desk.forms.length] ?? '';
    const from = where.get(form) ?? '';
    const to = `芜湖市镜湖区第 ${count} 号楼`;
    const operation: Operation = {
      ...{ id: uuidv7(), device: desk.device, seq: desk.nextSeq, form, madeAt: Date.now(), by: desk.staffNumber },
      ...{ kind: 'form.edit', payload: { from: { happenedWhere: from }, to: { happenedWhere: to } } },
    };
    desk.turn += 1;
    desk.nextSeq += 1;
    const answer = await fetch(new URL(routes.push.path, server), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${desk.accessToken}`,
        'content-type': 'application/json',
        'x-forwarded-for': desk.address,
      },
      body: JSON.stringify({ syncVersion, operations: [operation] }),
    });
    const body = await answer.json();
    const at = nowMs();
    const [result] = answer.ok ? routes.push.answer.parse(body).results : [];
    if (result?.outcome === 'applied') {
      where.set(form, to);
      acknowledged.push({ operation: operation.id, at });
    } else refused += 1;
    free.push(desk);
  };
  const running = new Set<Promise<void>>();
  const startedAt = nowMs();
  const all = Math.round(editsPerSecond * seconds);
  for (let count = 0; count < all; count += 1) {
    await pause(Math.max(0, startedAt + (count * 1_000) / editsPerSecond - nowMs()));
    const desk = free.shift();
    if (!desk) {
      late += 1;
      continue;
    }
    const one = editOne(desk, count).finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  tell({ tell: 'edited', acknowledged, refused, late });
};

const settle = async (
  end: number,
  edits: readonly { readonly cursor: number; readonly at: number }[],
): Promise<void> => {
  const until = nowMs() + settleWithinMs;
  const isThere = ({ position }: Heard): boolean => position >= end;
  while (!heard.every(isThere) && nowMs() < until) await pause(50);
  const tookMs = new Array<number>(longestMs + 1).fill(0);
  for (const { upTo, at } of heard) {
    let frame = 0;
    for (const one of edits) {
      while (frame < upTo.length && (upTo[frame] ?? 0) < one.cursor) frame += 1;
      const seenAt = at[frame];
      if (seenAt === undefined) break;
      // A desk may have it before its author has the answer.
      const took = Math.min(longestMs, Math.max(0, Math.round(seenAt - one.at)));
      tookMs[took] = (tookMs[took] ?? 0) + 1;
    }
  }
  const sum = (of: (one: Heard) => number): number => heard.reduce((total, one) => total + of(one), 0);
  tell({
    tell: 'settled',
    tookMs,
    behind: sum((one) => (isThere(one) ? 0 : 1)),
    broken: sum(({ broken }) => broken),
    lostDesks: sum(({ isOpen }) => (isOpen ? 0 : 1)),
    toldToPull: sum(({ toldToPull }) => toldToPull),
    frames: sum(({ upTo }) => upTo.length),
    frameBytes: sum(({ bytes }) => bytes),
  });
};

process.on('message', async (message) => {
  const ask = asked.parse(message);
  switch (ask.ask) {
    case 'connect':
      server = ask.url;
      desks = ask.desks;
      await connect();
      tell({ tell: 'connected' });
      return;
    case 'edit':
      await edit(ask.editsPerSecond, ask.seconds);
      return;
    case 'settle':
      await settle(ask.end, ask.edits);
      for (const { close } of heard) close();
      process.disconnect();
      return;
    default:
      ask satisfies never;
  }
});
