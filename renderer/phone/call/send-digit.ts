import type { Session } from 'sip.js';
import { connectionOf } from './media-handler.ts';

const digitMs = 160;
const gapMs = 70;

/** Presses a key: in the media (RFC 4733) where the far end takes that, else by INFO. */
export const sendDigit = (session: Session, digit: string): void => {
  const sender = connectionOf(session)?.getSenders()[0]?.dtmf;
  if (sender?.canInsertDTMF === true) {
    // `insertDTMF` replaces what has not been sent yet: keys pressed fast are put behind it.
    sender.insertDTMF(sender.toneBuffer + digit, digitMs, gapMs);
    return;
  }
  const body = {
    contentDisposition: 'render',
    contentType: 'application/dtmf-relay',
    content: `Signal=${digit}\r\nDuration=${digitMs}\r\n`,
  };
  session.info({ requestOptions: { body } }).catch(() => undefined);
};
