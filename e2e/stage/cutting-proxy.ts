import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line that breaks: TCP between a desk and a server, cut after so many bytes of either direction. */
export interface CuttingProxy {
  readonly url: string;
  /** After how many bytes the next connections are cut, one number each; those after them are not. */
  readonly cuts: number[];
  /** How many bytes have passed, up to the server and down from it. */
  readonly passed: { up: number; down: number };
  readonly close: () => Promise<void>;
}

/** `pauseMs` after each 64 KiB at most that passes: a slow line. */
export const openCuttingProxy = async (port: number, pauseMs = 0): Promise<CuttingProxy> => {
  const cuts: number[] = [];
  const passed = { up: 0, down: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((desk) => {
    const centre = connect(port, '127.0.0.1');
    let left = cuts.shift() ?? Number.POSITIVE_INFINITY;
    for (const socket of [desk, centre]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        desk.destroySoon();
        centre.destroySoon();
      });
    }
    const pass = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
      from.on('data', (chunk) => {
        if (left <= 0) return;
        const part = chunk.subarray(0, left);
        left -= part.length;
        passed[direction] += part.length;
        to.write(part);
        if (left <= 0) {
          desk.destroySoon();
          centre.destroySoon();
        } else if (pauseMs > 0) {
          from.pause();
          setTimeout(() => from.resume(), pauseMs);
        }
      });
    };
    pass(desk, centre, 'up');
    pass(centre, desk, 'down');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    cuts,
    passed,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
