import { crc32, deflateRawSync } from 'node:zlib';

/** A zip of some 20 kB that says it unpacks to 2 GiB: one file that stands 160 times in the directory, over the same bytes. */
export const zipBomb = (): Buffer => {
  const unpacked = Buffer.alloc(13 * 1024 * 1024);
  const packed = deflateRawSync(unpacked, { level: 9 });
  const sum = crc32(unpacked);
  const name = Buffer.from('0.bin');
  const file = Buffer.alloc(30);
  file.writeUInt32LE(0x04034b50, 0);
  file.writeUInt16LE(20, 4);
  file.writeUInt16LE(8, 8);
  file.writeUInt32LE(sum, 14);
  file.writeUInt32LE(packed.length, 18);
  file.writeUInt32LE(unpacked.length, 22);
  file.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(sum, 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(unpacked.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const directory = Buffer.concat(Array.from({ length: entries }, () => [entry, name]).flat());
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(file.length + name.length + packed.length, 16);
  return Buffer.concat([file, name, packed, directory, end]);
};

const entries = 160;
