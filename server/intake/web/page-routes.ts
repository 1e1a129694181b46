import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pagePath } from '../../../contract/web-paths.ts';
import { WebFailure } from './failure.ts';
import type { PageFile } from './page-files.ts';

/**
 * What the page may do: load and reach its own server, and use the microphone. No inline script or
 * style, no third party, no frame round it, no string made into code or markup. The status token
 * stands in the fragment, and no Referer is sent either.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'permissions-policy': 'microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The page and its files. */
export const pageRoutes = (scope: FastifyInstance, files: ReadonlyMap<string, PageFile>): void => {
  const send = (path: string, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const file = files.get(path);
    if (!file) throw new WebFailure('not-found', 'no such page');
    reply.headers({
      etag: file.etag,
      'cache-control': file.hashed ? 'public, immutable, max-age=31536000' : 'no-cache',
    });
    if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
    return reply.type(file.type).send(file.bytes);
  };
  scope.get(pagePath.slice(0, -1), (_request, reply) => reply.redirect(pagePath, 308));
  scope.get(pagePath, (request, reply) => send('index.html', request, reply));
  for (const path of files.keys()) scope.get(`${pagePath}${path}`, (request, reply) => send(path, request, reply));
};
