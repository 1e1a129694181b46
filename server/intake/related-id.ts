import { createHash } from 'node:crypto';

/**
 * A UUIDv7 of the same instant as another, the same at every asking: what is done a second time after a
 * crash is done under the id of the first time.
 */
export const relatedId = (id: string, role: string): string => {
  const time = id.replaceAll('-', '').slice(0, 12);
  const hash = createHash('sha256').update(`${id} ${role}`).digest();
  hash.writeUInt8((hash.readUInt8(0) & 0x0f) | 0x70, 0);
  hash.writeUInt8((hash.readUInt8(2) & 0x3f) | 0x80, 2);
  return (time + hash.toString('hex')).slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
