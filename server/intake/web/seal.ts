import { createHmac, timingSafeEqual } from 'node:crypto';

/** Texts that prove they are ours: `TEXT.MAC`, both base64url, HMAC-SHA-256 with a key for one purpose. */
export interface Seal {
  readonly seal: (text: string) => string;
  /** The text; `undefined` where the seal is not ours, or was put on for another purpose. */
  readonly open: (sealed: string) => string | undefined;
  /** As many bytes as wanted, 32 at most, that only we can make out of a text. */
  readonly derive: (text: string, bytes: number) => Buffer;
}

export const createSeal = (key: Buffer, purpose: string): Seal => {
  const ownKey = createHmac('sha256', key).update(purpose).digest();
  const macOf = (text: string): Buffer => createHmac('sha256', ownKey).update(text).digest();
  return {
    seal: (text) => `${Buffer.from(text).toString('base64url')}.${macOf(text).toString('base64url')}`,
    open: (sealed) => {
      const [body = '', mac = '', ...more] = sealed.split('.');
      const text = Buffer.from(body, 'base64url').toString();
      const presented = Buffer.from(mac, 'base64url');
      const expected = macOf(text);
      const ours = more.length === 0 && presented.length === expected.length && timingSafeEqual(presented, expected);
      return ours ? text : undefined;
    },
    derive: (text, bytes) => macOf(`derived ${text}`).subarray(0, bytes),
  };
};
