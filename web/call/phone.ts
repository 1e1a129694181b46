import { Inviter, SessionState, UserAgent, Web } from 'sip.js';
import type { CallPass } from '../../contract/web.ts';
import { type CallEnd, endOfStatus } from './call-state.ts';

/** One call to the hotline over SIP on a WebSocket (RFC 7118) and WebRTC. Loaded when somebody calls. */
export interface PhoneCall {
  readonly press: (digit: string) => void;
  readonly hangUp: () => void;
}

export interface PhoneEvents {
  readonly onRinging: () => void;
  readonly onAnswered: (farEnd: MediaStream) => void;
  readonly onLineLost: () => void;
  readonly onLineRestored: () => void;
  /** Once, whatever happened. */
  readonly onEnded: (why: CallEnd) => void;
}

/** sip.js waits 5 s for candidates by default, which a caller takes for a page that hangs. */
const iceGatheringMs = 500;
const connectWithinSeconds = 10;
const digitMs = 160;
const gapMs = 70;
const reconnectEveryMs = 2_000;
/** The hotline gives a party that lost its connection a minute. */
const reconnectTries = 25;

export const callHotline = (pass: CallPass, microphone: MediaStream, events: PhoneEvents): PhoneCall => {
  const uri = addressOf(pass.username, pass.domain);
  const url = new URL(pass.webSocketPath, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const agent = new UserAgent({
    uri,
    authorizationUsername: pass.username,
    authorizationPassword: pass.password,
    transportOptions: { server: url.href, connectionTimeout: connectWithinSeconds, traceSip: false },
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(() => Promise.resolve(microphone)),
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: iceGatheringMs,
      peerConnectionConfiguration: { bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require', iceServers: [] },
    },
    userAgentString: 'Zuoxi page',
    gracefulShutdown: false,
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
  });
  const inviter = new Inviter(agent, addressOf(pass.hotline, pass.domain), { earlyMedia: false });
  let over = false;
  let refusal: CallEnd | undefined;
  let why: CallEnd = 'hotline-hung-up';

  const end = (reason: CallEnd): void => {
    if (over) return;
    over = true;
    events.onEnded(reason);
    agent.stop().catch(() => undefined);
  };
  const media = (): Web.SessionDescriptionHandler | undefined => {
    const handler = inviter.sessionDescriptionHandler;
    return handler instanceof Web.SessionDescriptionHandler ? handler : undefined;
  };

  inviter.stateChange.addListener((state) => {
    const farEnd = media()?.remoteMediaStream;
    if (state === SessionState.Established && farEnd) {
      watchMedia();
      events.onAnswered(farEnd);
    }
    if (state === SessionState.Terminated) end(refusal ?? why);
  });
  const watchMedia = (): void => {
    const connection = media()?.peerConnection;
    connection?.addEventListener('connectionstatechange', () => {
      if (connection.connectionState !== 'failed') return;
      why = 'line-lost';
      hangUp();
    });
  };

  const restore = async (): Promise<void> => {
    events.onLineLost();
    for (let left = reconnectTries; left > 0 && !over; left--) {
      try {
        await agent.reconnect();
        // Tells the hotline over which connection this call speaks from now on.
        await inviter.info();
        return events.onLineRestored();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, reconnectEveryMs));
      }
    }
    end('line-lost');
  };
  agent.delegate = {
    onDisconnect: (error) => {
      if (over || !error) return;
      if (inviter.state === SessionState.Established) void restore();
      else end('no-connection');
    },
  };

  const hangUp = (): void => {
    const ending = inviter.state === SessionState.Established ? inviter.bye() : inviter.cancel();
    // Without a connection nobody hears the BYE: for us it is over all the same.
    ending.catch(() => end(why));
    if (!agent.isConnected()) end(why);
  };

  const begin = async (): Promise<void> => {
    await agent.start();
    if (over) return;
    await inviter.invite({
      requestDelegate: {
        onProgress: events.onRinging,
        onReject: ({ message }) => {
          refusal = endOfStatus(message.statusCode ?? 0);
        },
      },
    });
  };
  begin().catch(() => end('no-connection'));

  return {
    press: (digit) => {
      const sender = media()?.peerConnection?.getSenders()[0]?.dtmf;
      if (sender?.canInsertDTMF === true) {
        // `insertDTMF` replaces what has not been sent yet: keys pressed fast are put behind it.
        sender.insertDTMF(sender.toneBuffer + digit, digitMs, gapMs);
        return;
      }
      const content = `Signal=${digit}\r\nDuration=${digitMs}\r\n`;
      const body = { contentDisposition: 'render', contentType: 'application/dtmf-relay', content };
      inviter.info({ requestOptions: { body } }).catch(() => undefined);
    },
    hangUp: () => {
      why = 'hung-up';
      if (inviter.state === SessionState.Initial) end(why);
      else hangUp();
    },
  };
};

const addressOf = (user: string, domain: string) => {
  const uri = UserAgent.makeURI(`sip:${user}@${domain}`);
  if (!uri) throw new Error('not a SIP address');
  return uri;
};
