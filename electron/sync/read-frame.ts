import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { readChangesFrame } from '../../contract/changes-frame.ts';
import { type Change, change } from '../../contract/sync.ts';

/** What the centre sends of itself: the changes after one cursor up to another. */
export interface Frame {
  readonly after: number;
  readonly upTo: number;
  readonly changes: readonly Change[];
}

const changes = z.array(change);
const inflate = promisify(gunzip);
/** More is nothing that a centre sends in one go. */
const mostBytes = 64 * 1024 * 1024;

/** Undefined: not a frame of ours; a pull brings what it was to bring. */
export const readFrame = async (bytes: Uint8Array): Promise<Frame | undefined> => {
  const frame = readChangesFrame(bytes);
  if (!frame) return undefined;
  try {
    const text = (await inflate(frame.gzip, { maxOutputLength: mostBytes })).toString();
    const parsed = changes.safeParse(JSON.parse(text));
    return parsed.success ? { after: frame.after, upTo: frame.upTo, changes: parsed.data } : undefined;
  } catch {
    return undefined;
  }
};
