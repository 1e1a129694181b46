const newline = 0x0a;

/** Lines of a stream of bytes, each without its end; what is left without one at the end of the stream is none. */
export interface Lines {
  /** A line that has come already; asking for each with a promise would cost more than the line. */
  readonly take: () => Uint8Array | undefined;
  /** Waits for more bytes; false: the stream has ended, or it broke. */
  readonly more: () => Promise<boolean>;
}

export const linesOf = (body: AsyncIterable<Uint8Array>): Lines => {
  const chunks = body[Symbol.asyncIterator]();
  let unfinished: Uint8Array[] = [];
  let chunk: Uint8Array = new Uint8Array();
  let from = 0;
  return {
    take: () => {
      const end = chunk.indexOf(newline, from);
      if (end === -1) return undefined;
      const line = chunk.subarray(from, end);
      from = end + 1;
      if (unfinished.length === 0) return line;
      const whole = Buffer.concat([...unfinished, line]);
      unfinished = [];
      return whole;
    },
    more: async () => {
      if (from < chunk.length) unfinished.push(chunk.subarray(from));
      try {
        const { value, done } = await chunks.next();
        chunk = done === true ? new Uint8Array() : value;
        from = 0;
        return done !== true;
      } catch {
        chunk = new Uint8Array();
        from = 0;
        return false;
      }
    },
  };
};
