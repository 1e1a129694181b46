import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/**
 * The fields of the object in the file, for what is read before the schema library is loaded; a
 * missing or broken file has none.
 */
export const readFields = (path: string): Readonly<Record<string, unknown>> => {
  const content = readJson(path);
  return typeof content === 'object' && content !== null ? { ...content } : {};
};

/** The file's content where there is one that parses; a broken file counts as none. */
export const readJsonFile = <Shape extends z.ZodType>(path: string, shape: Shape): z.output<Shape> | undefined => {
  const parsed = shape.safeParse(readJson(path));
  return parsed.success ? parsed.data : undefined;
};

/** Whoever reads the path finds the old content or the new one, never half of it. */
export const writeJsonFile = (path: string, value: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(`${path}.part`, 'w', 0o600);
  try {
    // All of it or an error: of a disk that is nearly full a single write may take a part, and say nothing.
    writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.part`, path);
};
