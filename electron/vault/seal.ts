import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** How much longer than its content a sealed text is. */
export const sealedMoreBytes = nonceBytes + tagBytes;

export const keyBytes = 32;

/** AES-256-GCM with a nonce of its own: nonce, text, tag. `context` must be given again to open it. */
export const seal = (key: Uint8Array, bytes: Uint8Array, context: string): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
};

/** Undefined for what another key sealed, in another context, or what was changed since. */
export const unseal = (key: Uint8Array, sealed: Uint8Array, context: string): Buffer | undefined => {
  if (sealed.length < sealedMoreBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
};

/** A key for one purpose from the cache's data key (RFC 5869). */
export const deriveKey = (dataKey: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, new Uint8Array(), `zuoxi cache: ${purpose}`, keyBytes));
