import type { WindowName } from '../ipc/sender.ts';

/**
 * What a page of ours may load and reach. Styles may stand inline: Ant Design writes its style sheets
 * at run time; a style cannot run code, and with images and fonts bound to ourselves it has nowhere
 * to send what it might read. Only the phone speaks to the network, to the centre's WebSocket alone.
 */
export const contentSecurityPolicy = (window: WindowName, server: string | undefined): string => {
  const reachable = window === 'phone' && server !== undefined ? `'self' ${server.replace(/^http/, 'ws')}` : "'self'";
  const directives: Record<string, string> = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'media-src': "'self' blob:",
    'worker-src': "'self'",
    'connect-src': reachable,
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
};
