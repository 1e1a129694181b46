import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result, refused } from '../../../../domain/result.ts';
import { SAMPLE_RATE_HZ } from './g711.ts';
import { parseWav } from './wav.ts';

export interface PromptFailure {
  readonly prompt: string;
  /** In words for whoever keeps the clips. */
  readonly why: string;
}

/** Words of letters, digits and dashes between slashes: no dots, so no way out of the folder. */
const PROMPT_NAME = /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*(?:\/[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*){0,4}$/;
/** Half an hour; music is a few minutes. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

interface Cached {
  readonly mtimeMs: number;
  readonly size: number;
  readonly clip: Result<Int16Array, PromptFailure>;
}

/**
 * Clips by name out of a list of folders, the first that has the name wins. Files are read once and
 * again after they change, so clips may be replaced while the server runs.
 */
export class PromptStore {
  readonly #folders: readonly string[];
  readonly #cache = new Map<string, Cached>();

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  find(prompt: string): Result<Int16Array, PromptFailure> {
    if (!PROMPT_NAME.test(prompt)) return refused({ prompt, why: 'not a prompt name' });
    for (const folder of this.#folders) {
      const file = join(folder, `${prompt}.wav`);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (stat?.isFile()) return this.#load(prompt, file, stat);
    }
    return refused({ prompt, why: 'no folder has it' });
  }

  #load(prompt: string, file: string, { mtimeMs, size }: { mtimeMs: number; size: number }): Cached['clip'] {
    const known = this.#cache.get(file);
    if (known && known.mtimeMs === mtimeMs && known.size === size) return known.clip;
    const clip = readClip(prompt, file, size);
    this.#cache.set(file, { mtimeMs, size, clip });
    return clip;
  }
}

/** A recording of ours or a clip: 8 kHz, mono. */
export const readClip = (prompt: string, file: string, size: number): Result<Int16Array, PromptFailure> => {
  const failed = (why: string) => refused({ prompt, why: `${file}: ${why}` });
  if (size > MAX_FILE_BYTES) return failed('larger than 32 MiB');
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
  const wav = parseWav(bytes);
  if (!wav.ok) return failed(wav.error);
  const { sampleRateHz, channels, samples } = wav.value;
  if (sampleRateHz !== SAMPLE_RATE_HZ || channels !== 1) {
    return failed(`wants 8000 Hz mono, has ${sampleRateHz} Hz and ${channels} channels`);
  }
  return samples.length === 0 ? failed('empty') : ok(samples);
};
