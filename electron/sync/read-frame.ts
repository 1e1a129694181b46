import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { readChangesFrame } from '../../contract/changes-frame.ts';
import { change } from '../../contract/sync.ts';
import type { Scope } from '../../domain/sync/scope.ts';
import type { Frame } from '../cache/store/take-changes.ts';

const changes = z.array(change);
const inflate = promisify(gunzip);
/** More is nothing that a centre sends in one go. */
const mostBytes = 64 * 1024 * 1024;

/** `scope` is that of the line it came by. Undefined: not a frame of ours; a pull brings what it was to bring. */
export const readFrame = async (bytes: Uint8Array, scope: Scope): Promise<Frame | undefined> => {
  const frame = readChangesFrame(bytes);
  if (!frame) return undefined;
  try {
    const text = (await inflate(frame.gzip, { maxOutputLength: mostBytes })).toString();
    const parsed = changes.safeParse(JSON.parse(text));
    return parsed.success ? { after: frame.after, upTo: frame.upTo, changes: parsed.data, scope } : undefined;
  } catch {
    return undefined;
  }
};
