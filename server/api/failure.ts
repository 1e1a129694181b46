import type { FastifyError, FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { ApiErrorCode, apiError } from '../../contract/http.ts';

const statusOf: Record<ApiErrorCode, number> = {
  'bad-request': 400,
  'wrong-password': 401,
  'too-many-tries': 429,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  'too-large': 413,
  'other-bytes': 422,
  unavailable: 503,
  'device-copied': 409,
  'wrong-version': 409,
};

/** Thrown in a route to answer a request in the one error shape. */
export class ApiFailure extends Error {
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get statusCode(): number {
    return statusOf[this.code];
  }
}

/** Every refused request, also one for an unknown route or with a broken body, answers in one shape. */
export const answerFailuresAlike = (app: FastifyInstance): void => {
  app.setErrorHandler((error: FastifyError | ApiFailure, request, reply) => {
    const failure = error instanceof ApiFailure ? error : failureOf(error);
    // What was said on purpose is no fault of ours.
    if (failure.code === 'unavailable' && failure !== error) request.log.error({ err: error }, 'request failed');
    return reply.code(failure.statusCode).send(bodyOf(failure));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(bodyOf(new ApiFailure('not-found', 'no such route'))),
  );
};

const bodyOf = (failure: ApiFailure): z.infer<typeof apiError> => ({
  error: { code: failure.code, message: failure.message },
});

/** What Fastify itself refuses; anything unforeseen says nothing of its cause. */
const failureOf = (error: FastifyError): ApiFailure => {
  const status = error.statusCode ?? 500;
  if (status === 413) return new ApiFailure('too-large', 'the body is too large');
  if (status === 429) return new ApiFailure('too-many-tries', 'too many requests from this address');
  if (status === 404) return new ApiFailure('not-found', 'no such route');
  if (status >= 400 && status < 500) return new ApiFailure('bad-request', error.message);
  return new ApiFailure('unavailable', 'the server could not do this now');
};
