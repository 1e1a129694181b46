import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { WebSocket } from 'ws';
import { writeChangesFrame } from '../../contract/changes-frame.ts';
import type { FromServer } from '../../contract/live.ts';
import type { Change } from '../../contract/sync.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import type { Scope } from '../../domain/sync/scope.ts';
import type { Timers } from '../floor/parts.ts';
import type { Stretch } from './change-feed.ts';

/** What of a WebSocket this asks for. */
export type DeskSocket = Pick<WebSocket, 'bufferedAmount' | 'send'>;

export interface ChangesToDesksParts {
  /** Where the change log ended at first. */
  readonly from: number;
  /** The departments that have, or once had, an order of these forms. */
  readonly departmentsOf: (forms: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly timers: Timers;
  readonly warn: (facts: object, message: string) => void;
}

/**
 * Sends desks the changes of their scope, each stretch of the change log as one frame that is packed once a scope.
 *
 * Every desk stands at a position, and gets a frame if that is where the frame begins: so what it gets chains from
 * its welcome on. One that does not read fast enough is left out, and so are all where there is no frame (more than
 * one holds): these stand behind, and are told to pull, once what was sent to them has gone out. From there frames
 * follow again. Nobody is cut off for being slow: two thousand desks coming again at once would be slower still.
 */
export interface ChangesToDesks {
  /** Where the change log stands for this desk: frames follow from here, so it must be told of this before anything else is awaited. */
  readonly join: (socket: DeskSocket, scope: Scope) => number;
  readonly leave: (socket: DeskSocket) => void;
  readonly tell: (stretch: Stretch) => Promise<void>;
  /** Frames follow each other the slower the more desks there are to send each to, and the more was in the last. */
  readonly restMs: (positions: number) => number;
  readonly stop: () => void;
}

interface Receiver {
  readonly scope: Scope;
  at: number;
}

/** A desk takes messages of 1 MiB. */
const maxFrameBytes = 1_000_000;
/** Waiting for a desk that does not read: above, it gets no frames; below, it is told to pull. */
const tooMuchBytes = 512 * 1024;
const drainedBytes = 64 * 1024;
const lookAgainMs = 250;

const leastRestMs = 5;
const mostRestMs = 100;
const restMsPerDesk = 0.1;
const restMsPerPosition = 0.2;
/** Above, a frame is packed fast rather than small. */
const largeJson = 100_000;

const pack = promisify(gzip);

export const createChangesToDesks = (parts: ChangesToDesksParts): ChangesToDesks => {
  const receivers = new Map<DeskSocket, Receiver>();
  let position = parts.from;
  let cancelLook: (() => void) | undefined;

  const frameOf = async (
    { after, upTo }: Stretch,
    changes: readonly Change[],
    scope: Scope,
    departmentsOf: () => Promise<ReadonlyMap<string, readonly string[]>>,
  ): Promise<Uint8Array | undefined> => {
    const [, code] = scope.split(':');
    const seen = code === undefined ? changes : ofDepartment(changes, code, await departmentsOf());
    const json = JSON.stringify(seen);
    const frame = writeChangesFrame({
      after,
      upTo,
      gzip: await pack(json, { level: json.length > largeJson ? 1 : 6 }),
    });
    return frame.length > maxFrameBytes ? undefined : frame;
  };

  const framesOf = async (stretch: Stretch): Promise<ReadonlyMap<Scope, Uint8Array | undefined>> => {
    const frames = new Map<Scope, Uint8Array | undefined>();
    const { changes } = stretch;
    if (changes === 'too-many' || stretch.after !== position) return frames;
    let departments: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
    const departmentsOf = () => {
      departments ??= parts.departmentsOf(changes.map(({ form }) => form.id));
      return departments;
    };
    // Who joins while a frame is made may be of another scope: until none is missing.
    for (;;) {
      const scope = [...receivers.values()].find((one) => !frames.has(one.scope))?.scope;
      if (scope === undefined) return frames;
      try {
        frames.set(scope, await frameOf(stretch, changes, scope, departmentsOf));
      } catch (error) {
        parts.warn({ err: error, scope }, 'changes could not be made into a frame');
        frames.set(scope, undefined);
      }
    }
  };

  const tellBehind = () => {
    let isAnyBehind = false;
    for (const [socket, receiver] of receivers) {
      if (receiver.at === position) continue;
      if (socket.bufferedAmount > drainedBytes) {
        isAnyBehind = true;
        continue;
      }
      socket.send(JSON.stringify({ type: 'forms.changed', cursor: position } satisfies FromServer));
      receiver.at = position;
    }
    if (!isAnyBehind || cancelLook) return;
    cancelLook = parts.timers.after(lookAgainMs, () => {
      cancelLook = undefined;
      tellBehind();
    });
  };

  return {
    join: (socket, scope) => {
      if (scope !== 'none') receivers.set(socket, { scope, at: position });
      return position;
    },
    leave: (socket) => void receivers.delete(socket),
    tell: async (stretch) => {
      const frames = await framesOf(stretch);
      for (const [socket, receiver] of receivers) {
        const frame = receiver.at === stretch.after ? frames.get(receiver.scope) : undefined;
        if (!frame || socket.bufferedAmount > tooMuchBytes) continue;
        socket.send(frame, { binary: true, compress: false });
        receiver.at = stretch.upTo;
      }
      position = stretch.upTo;
      tellBehind();
    },
    restMs: (positions) =>
      Math.min(mostRestMs, leastRestMs + restMsPerDesk * receivers.size + restMsPerPosition * positions),
    stop: () => cancelLook?.(),
  };
};

const ofDepartment = (
  changes: readonly Change[],
  code: string,
  departments: ReadonlyMap<string, readonly string[]>,
): readonly Change[] =>
  changes
    .filter(({ form }) => departments.get(form.id)?.includes(code))
    .map(({ cursor, form }) => ({ cursor, form: seenByDepartment(form, code) }));
