import type { SafeStorage } from 'electron';

/**
 * Where the operating system keeps secrets for the user who is logged in to it. `none`: there is no such
 * place here, and what would lie there is protected by the agent's password alone.
 */
export type Keychain =
  | {
      readonly kind: 'system';
      readonly encrypt: (bytes: Uint8Array) => Uint8Array;
      /** Undefined for what another user, another machine, or a keychain since lost has encrypted. */
      readonly decrypt: (sealed: Uint8Array) => Uint8Array | undefined;
    }
  | { readonly kind: 'none' };

/**
 * The keychain as Electron reaches it. On Linux Chromium falls back to a password that stands in its source
 * (`basic_text`) where no keyring answers: that is no keychain.
 */
export const systemKeychain = (safeStorage: SafeStorage, platform: NodeJS.Platform): Keychain => {
  if (!safeStorage.isEncryptionAvailable()) return { kind: 'none' };
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) {
    return { kind: 'none' };
  }
  return {
    kind: 'system',
    encrypt: (bytes) => safeStorage.encryptString(Buffer.from(bytes).toString('base64')),
    decrypt: (sealed) => {
      try {
        return Buffer.from(safeStorage.decryptString(Buffer.from(sealed)), 'base64');
      } catch {
        return undefined;
      }
    },
  };
};
