import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { fileOf } from './app-files.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** Before `ready`: `app:` becomes an origin of its own, with the powers of a secure page and no more. */
export const declareAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
};

/** Serves the pages from their folder and nothing else, each under its content security policy. */
export const serveApp = (
  session: Session,
  options: {
    readonly folder: string;
    /** Missing until the provisioning file is read; no page that needs it is opened before. */
    readonly server: () => string | undefined;
  },
): void => {
  session.protocol.handle('app', async ({ method, url }) => {
    const file = method === 'GET' ? fileOf(url, options.folder) : undefined;
    if (!file) return new Response('not found', { status: 404 });
    try {
      const bytes = await readFile(file.path);
      const window = new URL(url).pathname === '/phone.html' ? 'phone' : 'desk';
      return new Response(new Uint8Array(bytes), {
        headers: {
          'content-type': file.mediaType,
          'content-security-policy': contentSecurityPolicy(window, options.server()),
          'x-content-type-options': 'nosniff',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return new Response('not found', { status: 404 });
    }
  });
};
