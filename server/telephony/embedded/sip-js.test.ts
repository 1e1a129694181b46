import {
  type Invitation,
  Inviter,
  Registerer,
  RegistererState,
  type Session,
  type SessionDescriptionHandler,
  SessionState,
  UserAgent,
} from 'sip.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDomain } from './testing/scripted-phone.ts';
import { openStage, passwordOf, type Stage } from './testing/stage.ts';
import { stillSdp } from './testing/still-media.ts';

// The library that the desk speaks SIP with, here without sound, against the real sockets of the switch.

let stage: Stage;
const agents: UserAgent[] = [];
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.stop()));
  await stage.close();
  expect(stage.faults).toEqual([]);
});

const uri = (user: string) => {
  const made = UserAgent.makeURI(`sip:${user}@${testDomain}`);
  if (!made) throw new Error('not a URI');
  return made;
};

/** Sound is the media engine's matter: this hands over SDP and nothing else. */
const soundless = (): SessionDescriptionHandler => ({
  close: () => undefined,
  hasDescription: (type: string) => type === 'application/sdp',
  getDescription: (options) =>
    Promise.resolve({ body: stillSdp(isHold(options) ? 'sendonly' : 'sendrecv'), contentType: 'application/sdp' }),
  setDescription: () => Promise.resolve(),
  rollbackDescription: () => Promise.resolve(),
  sendDtmf: () => false,
});
const isHold = (options: object | undefined): boolean =>
  options !== undefined && 'hold' in options && options.hold === true;

/** A re-INVITE, and its acceptance. */
const reinvite = (session: Session, hold: boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const requestDelegate = {
      onAccept: () => resolve(),
      onReject: () => reject(new Error('the re-INVITE was refused')),
    };
    session.invite({ requestDelegate, sessionDescriptionHandlerOptions: { hold } as object }).catch(reject);
  });

const signOn = async (seat: string) => {
  const invitations: Invitation[] = [];
  const agent = new UserAgent({
    uri: uri(seat),
    authorizationUsername: seat,
    authorizationPassword: passwordOf(seat),
    transportOptions: { server: stage.url },
    sessionDescriptionHandlerFactory: soundless,
    logBuiltinEnabled: false,
    delegate: { onInvite: (invitation) => void invitations.push(invitation) },
  });
  agents.push(agent);
  await agent.start();
  const registerer = new Registerer(agent);
  await registerer.register();
  await expect.poll(() => registerer.state).toBe(RegistererState.Registered);
  expect(await stage.next('seat.registered')).toMatchObject({ seat });
  return { agent, invitations, registerer };
};

const established = async (seat: Awaited<ReturnType<typeof signOn>>, name: string) => {
  const channel = stage.telephony.originate({
    seat: name,
    callerId: '13800138000',
    headers: {},
    ringMs: 5_000,
    language: 'zh',
  });
  await stage.next('channel.ringing');
  const [invitation] = seat.invitations.splice(0);
  if (!invitation || channel === undefined) throw new Error('nothing rang');
  // sip.js takes no re-INVITE before the ACK of its 200 has come.
  const acknowledged = new Promise<void>((resolve) => {
    invitation.delegate = { onAck: () => resolve() };
  });
  await invitation.accept();
  await acknowledged;
  expect(await stage.next('channel.answered')).toMatchObject({ channel });
  return { channel, invitation };
};

test('P1 registers, signs out', async () => {
  const { registerer } = await signOn('1001');
  await registerer.unregister();
  expect(await stage.next('seat.unregistered')).toMatchObject({ seat: '1001' });
});

test('P1 answers, holds, resumes, is hung up', async () => {
  const seat = await signOn('1001');
  const { channel, invitation } = await established(seat, '1001');
  await reinvite(invitation, true);
  await stage.next('channel.held');
  await reinvite(invitation, false);
  await stage.next('channel.resumed');
  stage.telephony.hangUp(channel, 'normal');
  await expect.poll(() => invitation.state).toBe(SessionState.Terminated);
});

test('the caller who gives up ends the ringing', async () => {
  const seat = await signOn('1001');
  const channel = stage.telephony.originate({ seat: '1001', callerId: '', headers: {}, ringMs: 5_000, language: 'zh' });
  await stage.next('channel.ringing');
  if (channel === undefined) throw new Error('not registered');
  stage.telephony.hangUp(channel, 'normal');
  await expect.poll(() => seat.invitations[0]?.state).toBe(SessionState.Terminated);
});

test('dials, presses a key, transfers to another, hangs up', async () => {
  const seat = await signOn('1001');
  const { channel: held, invitation } = await established(seat, '1001');
  const inviter = new Inviter(seat.agent, uri('8806'));
  await inviter.invite();
  const dialled = await stage.next('channel.dialled');
  expect(dialled).toMatchObject({ seat: '1001', target: '8806' });
  await stage.telephony.answer(dialled.channel);
  await expect.poll(() => inviter.state).toBe(SessionState.Established);
  await inviter.info({
    requestOptions: {
      body: {
        contentDisposition: 'render',
        contentType: 'application/dtmf-relay',
        content: 'Signal=5\r\nDuration=100',
      },
    },
  });
  expect(await stage.next('channel.digit')).toMatchObject({ channel: dialled.channel, digit: '5' });

  const reports: string[] = [];
  await invitation.refer(inviter, {
    onNotify: (notification) => {
      reports.push(notification.request.body);
      void notification.accept();
    },
  });
  const asked = await stage.next('channel.join-asked');
  expect(asked).toMatchObject({ channel: held, consultation: dialled.channel });
  asked.transfer.report(200);
  await expect.poll(() => reports).toEqual(['SIP/2.0 100 Trying\r\n', 'SIP/2.0 200 OK\r\n']);

  await inviter.bye();
  expect(await stage.next('channel.ended')).toMatchObject({ channel: dialled.channel, cause: 'normal' });
});
