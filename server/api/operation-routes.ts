import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** A part of the server that can fail by itself: the database, the switch. */
export interface Organ {
  readonly name: 'database' | 'switch';
  readonly isFit: () => Promise<boolean>;
}

/** For those who run the server: `/health` for the probe, `/metrics` for Prometheus. No names, no numbers. */
export const operationRoutes = (
  app: FastifyInstance,
  parts: { readonly organs: readonly Organ[]; readonly metrics: Metrics; readonly version: string },
): void => {
  app.get('/health', { logLevel: 'warn' }, async (_request, reply) => {
    const checks = await Promise.all(
      parts.organs.map(async ({ name, isFit }) => [name, await fitInTime(isFit)] as const),
    );
    const fit = checks.every(([, isFit]) => isFit);
    const words = Object.fromEntries(checks.map(([name, isFit]) => [name, isFit ? 'fit' : 'unfit']));
    return reply.code(fit ? 200 : 503).send({ status: fit ? 'fit' : 'unfit', version: parts.version, ...words });
  });

  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) =>
    reply.type(parts.metrics.registry.contentType).send(await parts.metrics.registry.metrics()),
  );
};

const patienceMs = 3_000;

const fitInTime = async (isFit: () => Promise<boolean>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([isFit(), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
