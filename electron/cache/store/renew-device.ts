import { v4 as uuidV4 } from 'uuid';
import type { DeskStore } from './desk-store.ts';

/**
 * A new name for this desk: a copy of it, a disk image or a backup put back, goes on under the old one. What
 * is pending is numbered anew under the new name and keeps its ids, so the centre knows again whatever the
 * old name has sent already. The number that form numbers carry comes with the next sign-in.
 */
export const renewDevice = (store: DeskStore, device: string = uuidV4()): void => {
  let { nextSeq } = store.state();
  for (const operation of store.pending()) {
    store.renumber(operation.seq, { ...operation, device, seq: nextSeq });
    nextSeq += 1;
  }
  store.setState({ device, nextSeq });
};
