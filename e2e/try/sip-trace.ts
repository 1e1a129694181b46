import { z } from 'zod';

const traced = z.object({
  at: z.number(),
  direction: z.enum(['in', 'out']),
  transport: z.enum(['udp', 'ws']),
  remote: z.string(),
  message: z.string(),
});

/** When the switch sent the first ACK to a seat's 200 OK, ms since the epoch. */
export const seatAcknowledgedAt = (trace: string): number => {
  const ack = trace
    .split('\n')
    .filter((line) => line.length > 0)
    .map((line) => traced.parse(JSON.parse(line)))
    .find((one) => one.transport === 'ws' && one.direction === 'out' && one.message.startsWith('ACK '));
  if (!ack) throw new Error('the switch never acknowledged an answer of the seat');
  return ack.at;
};
