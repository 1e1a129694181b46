import type { Seal } from './seal.ts';

/**
 * UUIDs that the same message always gets again, so that asking twice does a thing once, and that
 * nobody outside can choose: `key` gives no more than the time.
 */
export interface DerivedIds {
  /** UUIDv7 with the time of `key`, itself one (RFC 9562 section 5.7). */
  readonly v7: (key: string, purpose: string) => string;
  /** UUIDv8 (RFC 9562 section 5.8). */
  readonly plain: (purpose: string) => string;
}

export const createDerivedIds = (seal: Seal): DerivedIds => {
  const uuid = (bytes: Buffer, version: 7 | 8): string => {
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };
  return {
    v7: (key, purpose) => {
      const time = Buffer.from(key.replaceAll('-', '').slice(0, 12), 'hex');
      return uuid(Buffer.concat([time, seal.derive(`${purpose} ${key}`, 10)]), 7);
    },
    plain: (purpose) => uuid(Buffer.from(seal.derive(purpose, 16)), 8),
  };
};
