import { gunzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { readChangesFrame } from '../../../../contract/changes-frame.ts';
import { livePath } from '../../../../contract/http.ts';
import { type FromDesk, fromServer } from '../../../../contract/live.ts';
import { change } from '../../../../contract/sync.ts';
import type { SimulatedDesk } from './words.ts';

/** What one desk has heard: where the log stood for it, and when. */
export interface Heard {
  readonly upTo: number[];
  readonly at: number[];
  position: number;
  broken: number;
  toldToPull: number;
  bytes: number;
  isOpen: boolean;
  readonly close: () => void;
}

export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const changes = z.array(change);
/** As a desk does. */
const pingEveryMs = 10_000;
/** Each frame is looked at; so many are also unpacked and read to the last field. */
const readOneIn = 50;

/** Says hello and listens; resolves once it is welcomed. */
export const connectDesk = (server: string, { accessToken, address }: SimulatedDesk): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL(livePath, server.replace(/^http/, 'ws')), {
      headers: { 'x-forwarded-for': address },
    });
    const say = (message: FromDesk) => socket.send(JSON.stringify(message));
    let ping: NodeJS.Timeout | undefined;
    const heard: Heard = {
      ...{ upTo: [], at: [], position: 0, broken: 0, toldToPull: 0, bytes: 0, isOpen: true },
      close: () => socket.close(),
    };
    let frames = Math.floor(Math.random() * readOneIn);
    const takeFrame = (bytes: Uint8Array) => {
      const at = nowMs();
      const frame = readChangesFrame(bytes);
      if (!frame || frame.after !== heard.position) heard.broken += 1;
      if (!frame) return;
      heard.position = frame.upTo;
      heard.upTo.push(frame.upTo);
      heard.at.push(at);
      heard.bytes += bytes.length;
      frames += 1;
      if (frames % readOneIn !== 0) return;
      const read = changes.safeParse(JSON.parse(String(gunzipSync(frame.gzip))));
      const isInside = read.data?.every(({ cursor }) => cursor > frame.after && cursor <= frame.upTo);
      if (!isInside) heard.broken += 1;
    };
    socket.on('open', () => say({ type: 'hello', accessToken }));
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        takeFrame(data);
        return;
      }
      const message = fromServer.parse(JSON.parse(String(data)));
      if (message.type === 'welcome') {
        heard.position = message.cursor;
        ping = setInterval(() => say({ type: 'ping' }), pingEveryMs);
        resolve(heard);
      } else if (message.type === 'forms.changed') {
        heard.position = message.cursor;
        heard.toldToPull += 1;
      }
    });
    socket.on('error', reject);
    socket.on('close', (code) => {
      heard.isOpen = false;
      clearInterval(ping);
      reject(new Error(`closed with ${code}`));
    });
  });
