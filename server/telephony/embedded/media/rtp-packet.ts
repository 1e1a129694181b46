/** RFC 3550 section 5.1, as far as a G.711 leg needs it. */

export const RTP_HEADER_BYTES = 12;
/** Larger than any packet of 8 kHz audio that fits one Ethernet frame. */
const MAX_DATAGRAM_BYTES = 1_500;

/** One parsed packet; receivers keep a single one and read every packet into it. */
export interface RtpView {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payload: Uint8Array;
}

export const emptyRtpView = (): RtpView => ({
  payloadType: 0,
  marker: false,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  payload: new Uint8Array(0),
});

/** Fills `into` and says true, or leaves it alone and says false: truncated, oversized, not RTP version 2, RTCP. */
export const readRtp = (datagram: Buffer, into: RtpView): boolean => {
  const length = datagram.length;
  if (length < RTP_HEADER_BYTES || length > MAX_DATAGRAM_BYTES) return false;
  const first = datagram.readUInt8(0);
  const second = datagram.readUInt8(1);
  if (first >> 6 !== 2) return false;
  // RTCP packet types 192–223 fall on RTP types 64–95 with the marker set (RFC 5761 section 4).
  if (second >= 192 && second <= 223) return false;

  let start = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  if (first & 0x10) {
    if (start + 4 > length) return false;
    start += 4 + datagram.readUInt16BE(start + 2) * 4;
  }
  let end = length;
  if (first & 0x20) {
    const padding = datagram.readUInt8(length - 1);
    if (padding === 0) return false;
    end -= padding;
  }
  if (start > end) return false;

  into.payloadType = second & 0x7f;
  into.marker = (second & 0x80) !== 0;
  into.sequence = datagram.readUInt16BE(2);
  into.timestamp = datagram.readUInt32BE(4);
  into.ssrc = datagram.readUInt32BE(8);
  into.payload = datagram.subarray(start, end);
  return true;
};

/** Writes the twelve header bytes; the payload follows at RTP_HEADER_BYTES. */
export const writeRtpHeader = (packet: Buffer, header: Omit<RtpView, 'payload'>): void => {
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8((header.marker ? 0x80 : 0) | (header.payloadType & 0x7f), 1);
  packet.writeUInt16BE(header.sequence & 0xffff, 2);
  packet.writeUInt32BE(header.timestamp >>> 0, 4);
  packet.writeUInt32BE(header.ssrc >>> 0, 8);
};
