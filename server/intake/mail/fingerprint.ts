import { createHash } from 'node:crypto';

/**
 * The same for every copy of one mail, whatever way it came: its own header fields and its body, without
 * what the servers on the way wrote on it. Two mails under one Message-ID with different words have two.
 * A mail without a Message-ID is known by all its bytes, so that "Please call me" may be sent twice.
 */
export const fingerprintOf = (raw: Buffer, size: number): string => {
  const end = raw.indexOf('\r\n\r\n') >= 0 ? raw.indexOf('\r\n\r\n') : raw.indexOf('\n\n');
  const head = raw.subarray(0, end < 0 ? raw.length : end).toString('latin1');
  const own = head.split(/\r?\n(?![ \t])/).filter((line) => ownFields.test(line));
  const hash = createHash('sha256');
  if (own.some((line) => /^message-id:.*\S/i.test(line)) && end >= 0) {
    hash.update(own.join('\n'), 'latin1').update('\n\n').update(raw.subarray(end));
  } else {
    hash.update(raw).update(`\n${size}`);
  }
  return hash.digest('hex');
};

const ownFields = /^(from|to|date|subject|message-id|content-type):/i;
