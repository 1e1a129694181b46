/**
 * What a zip file says it unpacks to, in bytes, read from its central directory (APPNOTE.TXT 4.3.12)
 * without unpacking anything; `undefined` where there is no such directory. Nothing in the centre ever
 * unpacks a zip: this is to warn the clerk who might.
 */
export const unpackedSize = (zip: Buffer): number | undefined => {
  const end = zip.lastIndexOf(endOfDirectory);
  if (end < 0 || end + 22 > zip.length) return undefined;
  let at = zip.readUInt32LE(end + 16);
  let size = 0;
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== directoryEntry) break;
    // 0xffffffff stands for "see the ZIP64 field": more than 4 GiB, which is answer enough.
    size += zip.readUInt32LE(at + 24);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return size;
};

const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1');
const directoryEntry = 0x02014b50;
