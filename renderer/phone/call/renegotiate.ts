import { Inviter, type Session, type Web } from 'sip.js';

/** What the far end answered to a re-INVITE; `unsent` where it could not be asked. */
export type RenegotiateAnswer = number | 'unsent';

/** Offers the media anew: on hold or not, over new ICE candidates or the same. Tries once more after glare. */
export const renegotiate = async (
  session: Session,
  wanted: { readonly hold: boolean; readonly iceRestart: boolean },
): Promise<RenegotiateAnswer> => {
  const answer = await reInvite(session, wanted);
  if (answer !== 491) return answer;
  // RFC 3261 section 14.1: both sides offered at once; who made the Call-ID waits longer.
  const seconds = session instanceof Inviter ? 2.1 + 1.9 * Math.random() : 2 * Math.random();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return reInvite(session, wanted);
};

const reInvite = (
  session: Session,
  { hold, iceRestart }: { readonly hold: boolean; readonly iceRestart: boolean },
): Promise<RenegotiateAnswer> => {
  const sessionDescriptionHandlerOptions: Web.SessionDescriptionHandlerOptions = { hold, offerOptions: { iceRestart } };
  return new Promise((resolve) => {
    const answered = (response: { readonly message: { readonly statusCode?: number | undefined } }): void =>
      resolve(response.message.statusCode ?? 'unsent');
    session
      .invite({
        sessionDescriptionHandlerOptions,
        requestDelegate: { onAccept: answered, onReject: answered, onRedirect: answered },
      })
      .catch(() => resolve('unsent'));
  });
};
