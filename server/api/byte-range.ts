import type { ByteRange } from '../records/attachment-store.ts';

/**
 * Which bytes of a file of `size` a request asks for (RFC 9110 section 14.2). What is no range, several of them, or a
 * range of another version (section 13.1.5) asks for the whole file.
 */
export const readByteRange = (
  headers: { readonly range?: string | undefined; readonly ifRange?: string | undefined },
  file: { readonly size: number; readonly etag: string },
): ByteRange | 'whole' | 'unsatisfiable' => {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(headers.range?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'whole';
  if (headers.ifRange !== undefined && headers.ifRange.trim() !== file.etag) return 'whole';
  const { size } = file;
  if (size === 0) return 'whole';
  if (from === '')
    return Number(to) === 0 ? 'unsatisfiable' : { first: Math.max(0, size - Number(to)), last: size - 1 };
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first < size ? { first, last } : 'unsatisfiable';
};
