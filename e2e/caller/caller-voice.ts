import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSample } from '../audio/g711.ts';
import type { Samples } from '../audio/wav.ts';

export const callerVoiceFile = join(import.meta.dirname, '../voices/caller.ulaw');

/** What our callers say, as they say it. */
export const callerVoice = (): Samples =>
  Float32Array.from(readFileSync(callerVoiceFile), (byte) => decodeSample('pcmu', byte));
