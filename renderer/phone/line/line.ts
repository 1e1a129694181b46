import { type Invitation, type URI, UserAgent, Web } from 'sip.js';
import type { Registration as RegistrationView } from '../../../contract/phone.ts';
import { type FlowWatch, watchFlow } from './flow-watch.ts';
import { type Account, type AccountAnswer, isSameSeat, type MediaFactory, makeUserAgent } from './make-user-agent.ts';
import { createRegistration, type RegisterAnswer, type Registration } from './register.ts';
import { retryDelayMs } from './retry-schedule.ts';

/** The way to the switch: connected and registered from `start` to `stop`, whatever happens to the network. */
export interface Line {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The network may be another one: connect afresh, now. */
  readonly renew: () => void;
  /** Media stopped: is the connection still there? */
  readonly probe: () => void;
  readonly isRegistered: () => boolean;
  /** What a new call needs; `undefined` while signed out or before the first connection. */
  readonly reach: (target: string) => { readonly userAgent: UserAgent; readonly uri: URI } | undefined;
}

export interface LineParts {
  readonly fetchAccount: () => Promise<AccountAnswer>;
  readonly mediaFactory: MediaFactory;
  readonly onChange: (registration: RegistrationView) => void;
  readonly onInvitation: (invitation: Invitation) => void;
  /** Registered again over a new connection: calls that go on must be told where we are now. */
  readonly onRestored: () => void;
  /** The seat has another address now; calls on the old one are gone. */
  readonly onMoved: () => void;
  /** A number of [0, 1). */
  readonly chance: () => number;
}

interface Connected {
  readonly account: Account;
  readonly userAgent: UserAgent;
  readonly registration: Registration;
}

/** The seat's account does not hold (RFC 3261 sections 21.4.2, 21.4.4); others may pass with time. */
const isRefusal = (answer: RegisterAnswer): answer is number => answer === 401 || answer === 403 || answer === 407;

export const createLine = (parts: LineParts): Line => {
  let wanted = false;
  let registered = false;
  let connected: Connected | undefined;
  let watch: FlowWatch | undefined;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Each try belongs to a turn; one that a newer turn has overtaken changes nothing more. */
  let turn = 0;
  let newConnection = false;

  const lapsed = (): void => {
    if (!wanted || !registered) return;
    registered = false;
    retry();
  };

  const retry = (refusedWith?: number): void => {
    if (!wanted) return;
    failures += 1;
    const delayMs = retryDelayMs(failures, parts.chance());
    parts.onChange(
      refusedWith === undefined
        ? { state: 'retrying', attempt: failures, nextTryAt: Date.now() + delayMs }
        : { state: 'refused', status: refusedWith },
    );
    clearTimeout(timer);
    timer = setTimeout(() => void tryNow(), delayMs);
  };

  const tryNow = async (): Promise<void> => {
    const mine = ++turn;
    const overtaken = (): boolean => mine !== turn;
    clearTimeout(timer);
    if (failures === 0) parts.onChange({ state: 'connecting' });
    let answer = await registerWith(connected?.account, overtaken);
    // What held for the last session does not hold for this one: ask for a fresh account, once.
    if (!overtaken() && isRefusal(answer)) answer = await registerWith(undefined, overtaken);
    if (overtaken()) return;
    if (answer !== 200) return retry(isRefusal(answer) ? answer : undefined);
    registered = true;
    failures = 0;
    parts.onChange({ state: 'registered' });
    if (newConnection) parts.onRestored();
    newConnection = false;
  };

  const registerWith = async (known: Account | undefined, overtaken: () => boolean): Promise<RegisterAnswer> => {
    let account = known;
    if (account === undefined) {
      const answer = await parts.fetchAccount();
      if (overtaken() || !answer.ok) return 'no-answer';
      account = answer.value;
    }
    const { userAgent, registration } = agentFor(account);
    try {
      if (!userAgent.isConnected()) await userAgent.transport.connect();
    } catch {
      return 'no-answer';
    }
    if (overtaken()) return 'no-answer';
    const answer = await registration.register();
    // A connection over which nothing is answered is no connection.
    if (answer === 'no-answer' && !overtaken()) drop();
    return answer;
  };

  /** Keeps the user agent, and the calls on it, as long as the address of the seat stays. */
  const agentFor = (account: Account): Connected => {
    if (connected !== undefined && isSameSeat(connected.account, account)) {
      connected.userAgent.configuration.authorizationPassword = account.password;
      connected = { ...connected, account };
      return connected;
    }
    if (connected !== undefined) {
      parts.onMoved();
      void connected.userAgent.stop();
    }
    const userAgent = makeUserAgent(account, parts.mediaFactory);
    const registration = createRegistration(userAgent, account.instanceId, lapsed);
    userAgent.delegate = {
      onInvite: parts.onInvitation,
      onConnect: () => {
        newConnection = true;
        watch?.stop();
        watch = watchTransport(userAgent, renew);
      },
      onDisconnect: () => {
        watch?.stop();
        registration.giveUp();
        if (connected?.userAgent === userAgent) lapsed();
      },
    };
    // Started without its transport: connecting is ours, with our own schedule.
    userAgent.start().catch(() => undefined);
    connected = { account, userAgent, registration };
    return connected;
  };

  const drop = (): void => {
    // sip.js may connect again at once: it forgets the old socket, which may take a minute to close.
    connected?.userAgent.transport.disconnect().catch(() => undefined);
  };

  const renew = (): void => {
    if (!wanted) return;
    registered = false;
    failures = 0;
    drop();
    void tryNow();
  };

  return {
    start: () => {
      if (wanted) return;
      wanted = true;
      failures = 0;
      void tryNow();
    },
    stop: async () => {
      if (!wanted) return;
      wanted = false;
      registered = false;
      turn += 1;
      clearTimeout(timer);
      watch?.stop();
      const leaving = connected;
      connected = undefined;
      parts.onChange({ state: 'off' });
      await leaving?.registration.unregister();
      await leaving?.userAgent.stop();
    },
    renew,
    probe: () => watch?.probe(),
    isRegistered: () => registered,
    reach: (target) => {
      if (connected === undefined || !registered) return undefined;
      // RFC 3261 section 25.1 wants `#` escaped in the user part.
      const uri = UserAgent.makeURI(`sip:${target.replaceAll('#', '%23')}@${connected.account.domain}`);
      return uri && { userAgent: connected.userAgent, uri };
    },
  };
};

/** Listens to the socket itself: sip.js swallows the answers to keep-alives. */
const watchTransport = (userAgent: UserAgent, lost: () => void): FlowWatch | undefined => {
  const { transport } = userAgent;
  if (!(transport instanceof Web.Transport)) return undefined;
  const flow = watchFlow({ ping: () => void transport.send('\r\n\r\n').catch(() => undefined), lost });
  transport.ws?.addEventListener('message', flow.heard);
  return flow;
};
