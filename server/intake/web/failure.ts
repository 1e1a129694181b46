import type { FastifyError, FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { WebErrorCode, webError } from '../../../contract/web.ts';

type Details = Omit<z.infer<typeof webError>['error'], 'code' | 'message'>;

const statusOf: Record<WebErrorCode, number> = {
  'too-soon': 425,
  'ticket-ended': 403,
  'looks-automatic': 422,
  fields: 422,
  'file-kind': 422,
  'file-too-large': 422,
  'files-too-large': 422,
  'too-many-files': 422,
  'too-many-tries': 429,
  'lines-busy': 503,
  'too-large': 413,
  'bad-request': 400,
  'not-found': 404,
  'answered-already': 409,
  unavailable: 503,
};

/** Thrown in a route of the public page to refuse a request. */
export class WebFailure extends Error {
  readonly code: WebErrorCode;
  readonly details: Details;

  constructor(code: WebErrorCode, message: string, details: Details = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get statusCode(): number {
    return statusOf[this.code];
  }
}

/** Refusals in the page's own shape; what is unforeseen says nothing of its cause. */
export const answerWebFailures = (scope: FastifyInstance): void => {
  scope.setErrorHandler((error: FastifyError | WebFailure, request, reply) => {
    const failure = error instanceof WebFailure ? error : failureOf(error);
    if (failure.code === 'unavailable') request.log.error({ err: error }, 'a request of the public page failed');
    const { code, message, details } = failure;
    const body: z.infer<typeof webError> = { error: { code, message, ...details } };
    return reply.code(failure.statusCode).header('cache-control', 'no-store').send(body);
  });
};

const failureOf = (error: FastifyError): WebFailure => {
  const status = error.statusCode ?? 500;
  if (status === 413) return new WebFailure('too-large', 'the body is too large');
  if (status === 429) return new WebFailure('too-many-tries', 'too many requests from this address');
  if (status >= 400 && status < 500) return new WebFailure('bad-request', 'not a request that this page makes');
  return new WebFailure('unavailable', 'the server could not do this now');
};
