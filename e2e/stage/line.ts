import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * The line between a desk and the server, to be cut: a TCP relay on loopback. A cut drops every
 * connection at once and accepts none until it is restored; media (UDP) does not pass here.
 */
export interface Line {
  readonly url: string;
  readonly cut: () => void;
  readonly restore: () => void;
  readonly close: () => Promise<void>;
}

export const layLine = async (serverPort: number): Promise<Line> => {
  const sockets = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const relay = createServer((near) => {
    if (!whole) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(serverPort, '127.0.0.1');
    keep(near);
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const address = relay.address();
  if (typeof address !== 'object' || address === null) throw new Error('the line has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut: () => {
      whole = false;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    restore: () => {
      whole = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await once(relay, 'close');
    },
  };
};
