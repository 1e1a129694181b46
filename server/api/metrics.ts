import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PushResult } from '../../contract/sync.ts';
import { seatPhases } from '../../domain/people/seat-state.ts';
import type { FloorFigures } from '../floor/floor.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly countOperation: (outcome: PushResult['outcome']) => void;
}

/** What the switch tells of itself. */
export interface SwitchFigures {
  readonly calls: number;
  readonly turnedAway: number;
}

/** Figures of the floor are asked for when the page is read, so they are never stale. */
export const createMetrics = (floorFigures: () => FloorFigures, switchFigures: () => SwitchFigures): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: (figures: FloorFigures) => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(floorFigures()));
      },
    });
  gauge('zuoxi_queue_waiting', 'Callers now in the queue', (figures) => figures.waiting);
  gauge(
    'zuoxi_queue_longest_wait_seconds',
    'How long the first of them has waited',
    (figures) => figures.longestWaitSeconds,
  );
  new Gauge({
    name: 'zuoxi_seats',
    help: 'Seats by phase',
    labelNames: ['phase'],
    registers,
    collect() {
      const { seatsByPhase } = floorFigures();
      for (const phase of seatPhases) this.set({ phase }, seatsByPhase[phase]);
    },
  });
  new Counter({
    name: 'zuoxi_calls_total',
    help: 'Callers who asked for an agent, by what became of them',
    labelNames: ['outcome'],
    registers,
    collect() {
      const { offered, answered, abandoned, overflowed } = floorFigures();
      // The floor counts; this page only repeats it.
      this.reset();
      this.inc({ outcome: 'offered' }, offered);
      this.inc({ outcome: 'answered' }, answered);
      this.inc({ outcome: 'abandoned' }, abandoned);
      this.inc({ outcome: 'overflowed' }, overflowed);
    },
  });
  new Gauge({
    name: 'zuoxi_sip_calls',
    help: 'Legs the switch now has',
    registers,
    collect() {
      this.set(switchFigures().calls);
    },
  });
  new Counter({
    name: 'zuoxi_sip_turned_away_total',
    help: 'SIP messages the switch did not look at: too many from one address',
    registers,
    collect() {
      this.reset();
      this.inc(switchFigures().turnedAway);
    },
  });
  const operations = new Counter({
    name: 'zuoxi_sync_operations_total',
    help: 'Operations received from desks, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  return { registry, countOperation: (outcome) => operations.inc({ outcome }) };
};

/** Times every request by route, never by the path as asked: that would make a series an id. */
export const measureRequests = (app: FastifyInstance, { registry }: Metrics): void => {
  const seconds = new Histogram({
    name: 'zuoxi_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
};
