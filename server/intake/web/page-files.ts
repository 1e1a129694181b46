import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A file of the built page. */
export interface PageFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
  /** Its name changes with its content. */
  readonly hashed: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page in memory, by path: what is not in it can not be asked for, whatever a path says. */
export const readPageFiles = async (folder: string): Promise<ReadonlyMap<string, PageFile>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new Error(`the public page has not been built (npm run build): ${folder}`, { cause: error });
  });
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join('/');
    const bytes = await readFile(file);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    files.set(path, { type, etag, bytes, hashed: path.startsWith('assets/') });
  }
  if (!files.has('index.html')) throw new Error(`the public page has not been built (npm run build): ${folder}`);
  return files;
};
