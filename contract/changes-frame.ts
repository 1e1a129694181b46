/**
 * A binary frame of the live WebSocket: the changes of forms after one cursor up to another, in the
 * desk's scope.
 *
 *   1 byte      version of the frame (1)
 *   8 bytes     cursor after which these changes come, big-endian
 *   8 bytes     cursor at which they end
 *   the rest    gzip of a JSON array of changes (`change` of sync.ts), ascending by cursor
 *
 * A desk that stands at the first cursor or beyond takes them in; one that stands before it has missed a
 * frame, and pulls. To one desk frames come in a row from the cursor of its welcome, or of the last
 * `forms.changed`, on: each begins where the one before it ended, also where nothing in the desk's scope
 * was changed. One frame serves every desk of a scope: it is compressed once.
 */
const frameVersion = 1;
const headBytes = 17;

export interface ChangesFrame {
  readonly after: number;
  readonly upTo: number;
  readonly gzip: Uint8Array;
}

export const writeChangesFrame = ({ after, upTo, gzip }: ChangesFrame): Uint8Array => {
  const frame = new Uint8Array(headBytes + gzip.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, frameVersion);
  view.setBigUint64(1, BigInt(after));
  view.setBigUint64(9, BigInt(upTo));
  frame.set(gzip, headBytes);
  return frame;
};

/** Undefined: not a frame that this version reads. */
export const readChangesFrame = (frame: Uint8Array): ChangesFrame | undefined => {
  if (frame.length < headBytes || frame[0] !== frameVersion) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const after = Number(view.getBigUint64(1));
  const upTo = Number(view.getBigUint64(9));
  if (!Number.isSafeInteger(upTo) || upTo <= after) return undefined;
  return { after, upTo, gzip: frame.subarray(headBytes) };
};
