import type { Session, URI } from 'sip.js';
import { transferProgress } from './transfer-progress.ts';

const longestMs = 60_000;

/**
 * Asks the far end of a session to go on with somebody else: a number (REFER), or the far end of another
 * session of ours (REFER with Replaces, RFC 3891). Resolves once it told how that went (RFC 3515, 5589);
 * hanging up is left to the caller, as sip.js leaves it to us.
 */
export const transfer = (session: Session, target: URI | Session): Promise<'done' | 'failed'> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve('failed'), longestMs);
    const settle = (how: 'done' | 'failed'): void => {
      clearTimeout(timer);
      resolve(how);
    };
    session
      .refer(target, {
        requestDelegate: { onReject: () => settle('failed') },
        onNotify: (notification) => {
          notification.accept().catch(() => undefined);
          const progress = transferProgress(notification.request.body);
          if (progress === 'done' || progress === 'failed') settle(progress);
        },
      })
      .catch(() => settle('failed'));
  });
