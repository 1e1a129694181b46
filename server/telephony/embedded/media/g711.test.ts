import { expect, test } from 'vitest';
import { encodeG711, type G711Law, g711LinearTable } from './g711.ts';

const LAWS: readonly G711Law[] = ['pcmu', 'pcma'];

const encode = (law: G711Law, ...samples: number[]): number[] => {
  const out = new Uint8Array(samples.length);
  encodeG711(law, Int16Array.from(samples), out, 0);
  return [...out];
};

test('ITU-T G.711 tables: ends and middle of both laws', () => {
  const ulaw = g711LinearTable('pcmu');
  expect([ulaw[0x00], ulaw[0x7f], ulaw[0x80], ulaw[0xff], ulaw[0x0f], ulaw[0x8f], ulaw[0xf0]]).toEqual([
    -32_124, 0, 32_124, 0, -16_764, 16_764, 120,
  ]);
  const alaw = g711LinearTable('pcma');
  expect([alaw[0x2a], alaw[0xaa], alaw[0x55], alaw[0xd5], alaw[0x80], alaw[0x00]]).toEqual([
    -32_256, 32_256, -8, 8, 5_504, -5_504,
  ]);
});

test('every code survives decoding and encoding', () => {
  for (const law of LAWS) {
    const linear = g711LinearTable(law);
    for (let code = 0; code < 256; code++) {
      const [again] = encode(law, linear[code] ?? 0);
      // μ-law has two zeros; the positive one is sent.
      expect(again).toBe(law === 'pcmu' && code === 0x7f ? 0xff : code);
    }
  }
});

test('no sample is further from its decoded self than half a step of its segment', () => {
  for (const law of LAWS) {
    const linear = g711LinearTable(law);
    for (let sample = -32_768; sample <= 32_767; sample += 7) {
      const [code = 0] = encode(law, sample);
      const error = Math.abs((linear[code] ?? 0) - sample);
      expect(error).toBeLessThanOrEqual(Math.max(8, (Math.abs(sample) + 132) / 32) + 1);
    }
  }
});
