import { expect, test } from 'vitest';
import { transferProgress } from './transfer-progress.ts';

test.each([
  ['SIP/2.0 100 Trying\r\n', 'under-way'],
  ['SIP/2.0 180 Ringing', 'under-way'],
  ['SIP/2.0 200 OK\r\nTo: <sip:8806@x>', 'done'],
  ['SIP/2.0 486 Busy Here', 'failed'],
  ['SIP/2.0 603', 'failed'],
  ['', undefined],
  ['SIP/2.0 999 ?', undefined],
] as const)('RFC 3515 %j means %s', (sipfrag, progress) => {
  expect(transferProgress(sipfrag)).toBe(progress);
});
