import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Our recordings: 8 kHz, 16 bits, mono or stereo, a header of 44 bytes. */
const headerBytes = 44;
const samplesPerMs = 8;
/** Where the header says how many bytes one sample of all channels takes. */
const blockAlignAt = 32;

/** What a recording holds, in ms. */
export const measureWav = (file: string): number => {
  const dataBytes = Math.max(0, statSync(file).size - headerBytes);
  if (dataBytes === 0) return 0;
  const header = Buffer.alloc(headerBytes);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, headerBytes, 0);
  } finally {
    closeSync(descriptor);
  }
  return dataBytes / (sampleBytes(header) * samplesPerMs);
};

/** Makes the header of a recording that was cut off count the samples that are there, and what is left of one go. */
export const mendWav = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    if (size < headerBytes) {
      await handle.truncate(0);
      return;
    }
    const header = Buffer.alloc(headerBytes);
    await handle.read(header, 0, headerBytes, 0);
    const dataBytes = size - headerBytes - ((size - headerBytes) % sampleBytes(header));
    if (headerBytes + dataBytes < size) await handle.truncate(headerBytes + dataBytes);
    const sizes = Buffer.alloc(4);
    sizes.writeUInt32LE(headerBytes - 8 + dataBytes);
    await handle.write(sizes, 0, 4, 4);
    sizes.writeUInt32LE(dataBytes);
    await handle.write(sizes, 0, 4, headerBytes - 4);
  } finally {
    await handle.close();
  }
};

/** Mono where a kill left no header. */
const sampleBytes = (header: Buffer): number => header.readUInt16LE(blockAlignAt) || 2;
