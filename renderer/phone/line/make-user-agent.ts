import { type Session, type SessionDescriptionHandler, UserAgent } from 'sip.js';
import type { RequestOutput } from '../../../contract/ipc.ts';

export type AccountAnswer = RequestOutput<'phone.account'>;
export type Account = Extract<AccountAnswer, { readonly ok: true }>['value'];
export type MediaFactory = (iceServers: RTCIceServer[]) => (session: Session) => SessionDescriptionHandler;

const connectWithinSeconds = 5;
/** The switch takes an unanswered call back after its own, shorter time; this is for a switch that forgot. */
const ringAtMostSeconds = 180;

export const makeUserAgent = (account: Account, mediaFactory: MediaFactory): UserAgent => {
  const uri = UserAgent.makeURI(`sip:${account.username}@${account.domain}`);
  if (uri === undefined) throw new Error(`not a SIP address: ${account.username}@${account.domain}`);
  return new UserAgent({
    uri,
    authorizationUsername: account.username,
    authorizationPassword: account.password,
    transportOptions: { server: account.webSocketUrl, connectionTimeout: connectWithinSeconds, traceSip: false },
    sessionDescriptionHandlerFactory: mediaFactory(account.iceServers.map(toIceServer)),
    instanceId: account.instanceId,
    userAgentString: 'Zuoxi',
    noAnswerTimeout: ringAtMostSeconds,
    // A second call is answered 486 before anything else: 180 would tell its caller that it rings.
    sendInitialProvisionalResponse: false,
    gracefulShutdown: false,
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
  });
};

const toIceServer = (server: Account['iceServers'][number]): RTCIceServer => ({
  urls: server.urls,
  ...(server.username === undefined ? {} : { username: server.username }),
  ...(server.credential === undefined ? {} : { credential: server.credential }),
});

export const isSameSeat = (one: Account, other: Account): boolean =>
  one.username === other.username &&
  one.domain === other.domain &&
  one.webSocketUrl === other.webSocketUrl &&
  one.instanceId === other.instanceId;
