import { ok, type Result, refused } from '../../../../domain/result.ts';
import { SAMPLE_RATE_HZ } from './g711.ts';

/** RIFF WAVE with 16-bit PCM, the one form that prompts and recordings have. */

export const WAV_HEADER_BYTES = 44;
const FORMAT_PCM = 1;
const FORMAT_EXTENSIBLE = 0xfffe;

export interface Wav {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Interleaved where there is more than one channel. */
  readonly samples: Int16Array;
}

/** Says in words what is wrong with a file that cannot be read. */
export const parseWav = (file: Buffer): Result<Wav, string> => {
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    return refused('not a WAV file');
  }
  let format: { readonly channels: number; readonly sampleRateHz: number } | undefined;
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') {
      if (body.length < 16) return refused('its format chunk is cut short');
      const tag = body.readUInt16LE(0);
      if ((tag !== FORMAT_PCM && tag !== FORMAT_EXTENSIBLE) || body.readUInt16LE(14) !== 16) {
        return refused('not 16-bit PCM');
      }
      format = { channels: body.readUInt16LE(2), sampleRateHz: body.readUInt32LE(4) };
      if (format.channels === 0 || format.sampleRateHz === 0) return refused('its format chunk makes no sense');
    }
    // A writer that was killed, or one that writes to a pipe, leaves a size beyond the file's end: take what is there.
    if (id === 'data')
      return format ? ok({ ...format, samples: littleEndianSamples(body) }) : refused('no format chunk');
    at += 8 + size + (size % 2);
  }
  return refused('no sound in it');
};

const littleEndianSamples = (bytes: Buffer): Int16Array =>
  Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, i) => bytes.readInt16LE(2 * i));

/** The header of an 8 kHz recording that holds so many bytes of samples; two channels are left and right in turn. */
export const wavHeader = (dataBytes: number, channels: 1 | 2 = 1): Buffer => {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(FORMAT_PCM, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  header.writeUInt32LE(SAMPLE_RATE_HZ * 2 * channels, 28);
  header.writeUInt16LE(2 * channels, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
};
