import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Clock, Log } from './parts.ts';

export interface TracedMessage {
  readonly direction: 'in' | 'out';
  readonly transport: 'udp' | 'ws';
  /** `ip:port` */
  readonly remote: string;
  readonly message: string;
}

export interface Trace {
  readonly write: (traced: TracedMessage) => void;
  readonly close: () => Promise<void>;
}

export const noTrace: Trace = { write: () => undefined, close: () => Promise.resolve() };

/** JSON lines, one a message. A disk that fills or fails ends the trace, never a call. */
export const openTrace = (file: string, clock: Clock, log: Log): Trace => {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', (error) => log.error({ err: error, file }, 'The SIP trace ended'));
  return {
    write: (traced) => {
      if (!stream.writable) return;
      stream.write(`${JSON.stringify({ at: clock(), ...traced, message: maskSecrets(traced.message) })}\n`);
    },
    close: async () => {
      if (stream.destroyed) return;
      stream.end();
      await finished(stream).catch(() => undefined);
    },
  };
};

/** An answer to a challenge lets whoever reads it try passwords at leisure. */
export const maskSecrets = (message: string): string =>
  message.replace(
    /^((?:Proxy-)?Authorization[ \t]*:)(.*(?:\r\n[ \t].*)*)/gim,
    (_line, name: string, value: string) =>
      name + value.replace(/((?:response|cnonce)[ \t]*=[ \t]*)("[^"]*"?|[^,\s]*)/gi, '$1"***"'),
  );
