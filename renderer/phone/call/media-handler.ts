import { type Session, type SessionDescriptionHandler, Web } from 'sip.js';

/** sip.js waits 5 s for candidates by default, which callers hear as dead air; on a LAN they are there in 50 ms. */
const iceGatheringMs = 300;

/** sip.js's handler plus what it leaves out: taking back an offer that the far end refused (RFC 3264 section 5.1 glare, 491). */
class MediaHandler extends Web.SessionDescriptionHandler {
  async rollbackDescription(): Promise<void> {
    const connection = this.peerConnection;
    if (connection?.signalingState === 'have-local-offer') await connection.setLocalDescription({ type: 'rollback' });
  }
}

/** Makes a call's media: its outgoing stream is asked for by its session. */
export const mediaHandlerFactory =
  (iceServers: RTCIceServer[], outgoing: (session: Session) => MediaStream) =>
  (session: Session): SessionDescriptionHandler =>
    new MediaHandler(session.userAgent.getLogger('sip.media'), () => Promise.resolve(outgoing(session)), {
      iceGatheringTimeout: iceGatheringMs,
      peerConnectionConfiguration: { bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require', iceServers },
    });

/** The peer connection of a session, once there is one. */
export const connectionOf = (session: Session): RTCPeerConnection | undefined =>
  session.sessionDescriptionHandler instanceof MediaHandler
    ? session.sessionDescriptionHandler.peerConnection
    : undefined;

export const remoteStreamOf = (session: Session): MediaStream | undefined =>
  session.sessionDescriptionHandler instanceof MediaHandler
    ? session.sessionDescriptionHandler.remoteMediaStream
    : undefined;
