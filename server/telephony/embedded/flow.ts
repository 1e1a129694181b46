/** A way to one peer: a WebSocket, or a UDP address seen from our one socket. */
export interface Flow {
  readonly transport: 'udp' | 'ws';
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** False where the connection is gone. */
  readonly send: (message: string) => boolean;
}

/** WebSocket over TCP: no retransmissions by transactions (RFC 7118 section 5). */
export const isReliable = (flow: Flow): boolean => flow.transport === 'ws';
