import { extname, join, normalize, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  // Character maps and fonts that pdf.js asks for.
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

/**
 * The file an `app://zuoxi/…` URL names, or undefined: another host, a kind of file we do not serve,
 * or any way out of the folder.
 */
export const fileOf = (
  url: string,
  folder: string,
): { readonly path: string; readonly mediaType: string } | undefined => {
  const { host, pathname } = new URL(url);
  const decoded = decode(pathname);
  if (host !== 'zuoxi' || decoded === undefined || decoded.includes('\0')) return undefined;
  const path = normalize(join(folder, decoded));
  const mediaType = mediaTypes[extname(path)];
  return mediaType !== undefined && path.startsWith(normalize(folder) + sep) ? { path, mediaType } : undefined;
};

const decode = (pathname: string): string | undefined => {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
};
