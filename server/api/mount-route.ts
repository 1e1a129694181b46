import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { mayDo, type Right } from '../../domain/people/roles.ts';
import type { LiveSession } from '../records/sessions.ts';
import type { Authentication } from './authentication.ts';
import { ApiFailure } from './failure.ts';

/** A route as the contract lists it. */
interface Route<Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body: Body;
  readonly answer: Answer;
}

/** The body as the contract reads it; refuses one that it does not accept. */
export const readBody = <Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ');
  throw new ApiFailure('bad-request', `not as the contract says: ${where}`);
};

/** Who asks, by the bearer token; refuses those not signed in, and those without the right. */
export const signedIn = async (
  authentication: Pick<Authentication, 'check'>,
  request: FastifyRequest,
  needs: Right | 'a session',
): Promise<LiveSession> => {
  const [, token] = /^Bearer ([\w.-]{1,1000})$/.exec(request.headers.authorization ?? '') ?? [];
  const session = token === undefined ? undefined : await authentication.check(token);
  if (!session) throw new ApiFailure('not-signed-in', 'sign in first');
  if (needs !== 'a session' && !mayDo(session.person.roles, needs)) {
    throw new ApiFailure('not-allowed', `this needs the right ${needs}`);
  }
  return session;
};

/** Mounts a route of the contract that anybody may call. */
export const mountOpenRoute = <Body extends z.ZodType, Answer extends z.ZodType>(
  app: FastifyInstance,
  route: Route<Body, Answer>,
  handle: (body: z.output<Body>, request: FastifyRequest) => Promise<z.input<Answer>>,
): void => {
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: smallBodyBytes,
    handler: async (request, reply) =>
      answer(reply, await handle(readBody(route.body, request.body ?? undefined), request)),
  });
};

/** Mounts a route of the contract for those signed in who have the right; of strangers not even the body is read. */
export const mountRoute = <Body extends z.ZodType, Answer extends z.ZodType>(
  app: FastifyInstance,
  route: Route<Body, Answer>,
  guard: {
    readonly authentication: Authentication;
    readonly needs: Right | 'a session';
    readonly maxBodyBytes?: number;
  },
  handle: (body: z.output<Body>, session: LiveSession, request: FastifyRequest) => Promise<z.input<Answer>>,
): void => {
  const sessions = new WeakMap<FastifyRequest, LiveSession>();
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: guard.maxBodyBytes ?? smallBodyBytes,
    onRequest: async (request) => {
      sessions.set(request, await signedIn(guard.authentication, request, guard.needs));
    },
    handler: async (request, reply) => {
      const session = sessions.get(request);
      if (!session) throw new Error('a request came past its guard');
      return answer(reply, await handle(readBody(route.body, request.body ?? undefined), session, request));
    },
  });
};

const smallBodyBytes = 16 * 1024;

/** Answers hold tokens and people's complaints: nothing between server and desk may keep them. */
const answer = (reply: FastifyReply, body: unknown): FastifyReply =>
  reply.header('cache-control', 'no-store').send(body);
