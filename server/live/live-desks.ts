import type { WebSocket } from 'ws';
import type { Person } from '../../contract/http.ts';
import { type FromServer, fromDesk, type SeatView } from '../../contract/live.ts';
import type { CallbackRules } from '../../domain/forms/callback.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { mayDo } from '../../domain/people/roles.ts';
import type { SeatEvent } from '../../domain/people/seat-state.ts';
import type { CacheRules } from '../../domain/sync/cache-rules.ts';
import { type Scope, scopeOf } from '../../domain/sync/scope.ts';
import type { Authentication } from '../api/authentication.ts';
import type { AgentEvent, Floor } from '../floor/floor.ts';
import type { LiveSession } from '../records/sessions.ts';
import type { ChangesToDesks } from './changes-to-desks.ts';

/** The desks connected now: what agents do reaches the floor, what changes reaches the desks. */
export interface LiveDesks {
  readonly accept: (socket: WebSocket) => void;
  readonly tellKnowledgeChanged: (cursor: number) => void;
  /** Closes every connection, with word that the server goes away (1001): desks come back by themselves. */
  readonly stop: () => void;
}

export interface LiveDesksParts {
  readonly authentication: Pick<Authentication, 'check' | 'onSessionEnded'>;
  readonly floor: Floor;
  readonly callbackRules: CallbackRules;
  readonly procedureRules: ProcedureRules;
  readonly cacheRules: CacheRules;
  readonly changes: Pick<ChangesToDesks, 'join' | 'leave'>;
  /** Those of these people who are active, as the accounts have them now, by staff number. */
  readonly findPeople: (staffNumbers: readonly string[]) => Promise<ReadonlyMap<string, Person>>;
  readonly clock: () => number;
  readonly timing?: { readonly helloMs: number; readonly heartbeatMs: number; readonly lookAtScopesMs: number };
  readonly warn: (facts: object, message: string) => void;
}

interface Desk {
  readonly socket: WebSocket;
  readonly session: LiveSession;
  readonly scope: Scope;
  /** Takes calls; others (a supervisor, an installer) are connected without a seat. */
  readonly seated: boolean;
}

const closeCodes = { goingAway: 1001, unreadable: 4400, notSignedIn: 4401, scopeChanged: 4402 } as const;

const usualTiming = { helloMs: 5_000, heartbeatMs: 15_000, lookAtScopesMs: 5_000 };
/** A desk this far behind does not read any more: it is better off coming again. */
const maxBufferedBytes = 1024 * 1024;

export const createLiveDesks = (parts: LiveDesksParts): LiveDesks => {
  const { authentication, floor, clock } = parts;
  const { helloMs, heartbeatMs, lookAtScopesMs } = parts.timing ?? usualTiming;
  const sockets = new Set<WebSocket>();
  const desks = new Set<Desk>();

  const tell = (socket: WebSocket, message: FromServer) => {
    if (socket.bufferedAmount > maxBufferedBytes) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const tellAll = (message: FromServer, isFor: (desk: Desk) => boolean) => {
    for (const desk of desks) if (isFor(desk)) tell(desk.socket, message);
  };

  const stopListening = [
    floor.onSeatChanged((seat) =>
      tellAll({ type: 'seat.changed', seat }, (desk) => desk.session.person.staffNumber === seat.staffNumber),
    ),
    floor.onTransferChanged(({ seats, transfer }) =>
      tellAll({ type: 'transfer.changed', transfer }, (desk) => seats.includes(desk.session.person.staffNumber)),
    ),
    floor.onQueueChanged((waiting) => tellAll({ type: 'queue.changed', waiting }, () => true)),
    authentication.onSessionEnded((ended) => {
      for (const { socket, session, seated } of [...desks]) {
        if (session.id !== ended) continue;
        if (seated) floor.seatSignedOut(session.person.staffNumber);
        socket.close(closeCodes.notSignedIn, 'the session has ended');
      }
    }),
  ];

  /** A desk whose person may see other forms than before comes again at once, and is told of its new scope. */
  const lookAtScopes = async () => {
    const seen = [...desks];
    if (seen.length === 0) return;
    const people = await parts.findPeople([...new Set(seen.map(({ session }) => session.person.staffNumber))]);
    for (const { socket, session, scope } of seen) {
      const person = people.get(session.person.staffNumber);
      if (!person) socket.close(closeCodes.notSignedIn, 'sign in again');
      else if (scopeOf(person) !== scope) socket.close(closeCodes.scopeChanged, 'the scope has changed');
    }
  };
  const lookingAtScopes = setInterval(() => {
    lookAtScopes().catch((error: unknown) => parts.warn({ err: error }, 'scopes could not be looked at'));
  }, lookAtScopesMs);

  const welcome = async (socket: WebSocket, accessToken: string): Promise<Desk | undefined> => {
    const session = await authentication.check(accessToken);
    if (!session) return undefined;
    if (socket.readyState !== socket.OPEN) return undefined;
    const scope = scopeOf(session.person);
    const desk = { socket, session, scope, seated: mayDo(session.person.roles, 'call.take') };
    const seat: SeatView = desk.seated
      ? floor.seatSignedIn({ ...session.person, services: session.services })
      : floor.view(session.person.staffNumber);
    desks.add(desk);
    const { callbackRules, procedureRules, cacheRules } = parts;
    const rules = { callbackRules, procedureRules, cacheRules };
    const cursor = parts.changes.join(socket, scope);
    tell(socket, { type: 'welcome', serverTime: clock(), seat, waiting: floor.waiting(), ...rules, cursor, scope });
    const transfer = floor.transferOf(session.person.staffNumber);
    if (transfer) tell(socket, { type: 'transfer.changed', transfer });
    return desk;
  };

  const seatEvent = ({ session, seated }: Desk, event: SeatEvent) => {
    if (!seated) return;
    if (event === 'sign-out') floor.seatSignedOut(session.person.staffNumber);
    else if (isAgentEvent(event)) floor.seatEvent(session.person.staffNumber, event);
    else parts.warn({ event, seat: session.person.staffNumber }, 'a desk told of what only calls can cause');
  };

  const accept = (socket: WebSocket) => {
    let desk: Desk | undefined;
    let greeted = false;
    let alive = true;
    sockets.add(socket);
    const helloTimer = setTimeout(() => socket.close(closeCodes.notSignedIn, 'no hello'), helloMs);
    // A line cut without a word leaves a socket that looks open for hours.
    const heartbeat = setInterval(() => {
      if (!alive) socket.terminate();
      alive = false;
      socket.ping();
    }, heartbeatMs);
    socket.on('pong', () => {
      alive = true;
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(helloTimer);
      clearInterval(heartbeat);
      sockets.delete(socket);
      parts.changes.leave(socket);
      if (desk && desks.delete(desk) && desk.seated) floor.seatLost(desk.session.person.staffNumber);
    });
    socket.on('message', (data) => {
      const message = fromDesk.safeParse(readJson(String(data)));
      if (!message.success) {
        socket.close(closeCodes.unreadable, 'not as the contract says');
        return;
      }
      switch (message.data.type) {
        case 'hello':
          if (greeted) return;
          greeted = true;
          welcome(socket, message.data.accessToken)
            .then((welcomed) => {
              clearTimeout(helloTimer);
              desk = welcomed;
              if (!welcomed) socket.close(closeCodes.notSignedIn, 'sign in again');
            })
            .catch((error: unknown) => {
              parts.warn({ err: error }, 'a desk could not be welcomed');
              socket.terminate();
            });
          return;
        case 'seat.event':
          if (desk) seatEvent(desk, message.data.event);
          return;
        case 'transfer.ask':
          if (desk?.seated) floor.askTransfer(desk.session.person.staffNumber, message.data.transfer);
          return;
        case 'transfer.step':
          if (desk?.seated) floor.stepTransfer(desk.session.person.staffNumber, message.data.transfer);
          return;
        case 'rating.ask':
          if (desk?.seated) floor.askRating(desk.session.person.staffNumber, message.data.contactId);
          return;
        case 'ping':
          if (desk) tell(socket, { type: 'pong', serverTime: clock() });
          return;
        default:
          message.data satisfies never;
      }
    });
  };

  const mayRead = ({ session }: Desk): boolean => mayDo(session.person.roles, 'form.read');
  return {
    accept,
    tellKnowledgeChanged: (cursor) => tellAll({ type: 'knowledge.changed', cursor }, mayRead),
    stop: () => {
      clearInterval(lookingAtScopes);
      for (const stop of stopListening) stop();
      for (const socket of sockets) socket.close(closeCodes.goingAway, 'the server is stopping');
    },
  };
};

const agentEvents: readonly SeatEvent[] = ['make-ready', 'pause', 'wrap-up-over'] satisfies readonly AgentEvent[];

const isAgentEvent = (event: SeatEvent): event is AgentEvent => agentEvents.includes(event);

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
