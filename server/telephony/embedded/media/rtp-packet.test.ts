import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRtpView, RTP_HEADER_BYTES, readRtp, writeRtpHeader } from './rtp-packet.ts';

const packet = (hex: string, payload = ''): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(payload)]);

test('what is written is read', () => {
  const bytes = Buffer.alloc(RTP_HEADER_BYTES + 3, 'abc');
  const header = { payloadType: 101, marker: true, sequence: 65_535, timestamp: 0xffff_ffff, ssrc: 0x8000_0001 };
  writeRtpHeader(bytes, header);
  const view = emptyRtpView();
  expect(readRtp(bytes, view)).toBe(true);
  expect(view).toMatchObject(header);
  expect(view.payload).toHaveLength(3);
});

test('contributing sources, header extension and padding are stepped over', () => {
  const view = emptyRtpView();
  expect(
    readRtp(
      packet('b2000001 00000002 00000003 aaaaaaaa bbbbbbbb bede0001 11223344'.replaceAll(' ', ''), 'sound\0\0\u0003'),
      view,
    ),
  ).toBe(true);
  expect(Buffer.from(view.payload).toString()).toBe('sound');
});

test('RTCP, other versions and packets that end too early are not RTP', () => {
  const view = emptyRtpView();
  for (const hex of [
    '80c80006000000010000000200000003',
    '400000010000000200000003',
    '8000',
    '8f0000010000000200000003',
    '900000010000000200000003',
    'a0000001000000020000000300',
    'a00000010000000200000003ff',
  ]) {
    expect(readRtp(packet(hex), view)).toBe(false);
  }
});

test('no bytes make it throw or read past the end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const view = emptyRtpView();
      if (readRtp(Buffer.from(bytes), view))
        expect(view.payload.length).toBeLessThanOrEqual(bytes.length - RTP_HEADER_BYTES);
    }),
  );
});
