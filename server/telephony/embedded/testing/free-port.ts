import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP port on loopback that nobody has at the moment. */
export const freePort = async (): Promise<number> => {
  const probe = createSocket('udp4');
  probe.bind(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
};
