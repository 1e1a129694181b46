import { Registerer, RegistererState, type UserAgent } from 'sip.js';

const expiresSeconds = 120;
const refreshPercent = 75;
const answerWithinMs = 8_000;

/** The status of the final answer; `no-answer` where none came in time or it could not be sent. */
export type RegisterAnswer = number | 'no-answer';

export interface Registration {
  readonly register: () => Promise<RegisterAnswer>;
  /** The connection is gone: no answer will come to what was asked over it. */
  readonly giveUp: () => void;
  readonly unregister: () => Promise<void>;
}

/**
 * Registers one user agent, again and again over its life. sip.js refreshes by itself; `onLapsed` tells
 * when a refresh failed.
 */
export const createRegistration = (userAgent: UserAgent, instanceId: string, onLapsed: () => void): Registration => {
  let current: Registerer | undefined;
  let giveUp: (() => void) | undefined;

  const renew = (): Registerer => {
    const registerer = new Registerer(userAgent, {
      expires: expiresSeconds,
      refreshFrequency: refreshPercent,
      instanceId,
      regId: 1,
      logConfiguration: false,
    });
    registerer.stateChange.addListener((state) => {
      if (registerer === current && state === RegistererState.Unregistered) onLapsed();
    });
    current = registerer;
    return registerer;
  };

  const ask = (registerer: Registerer): Promise<RegisterAnswer> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve('no-answer'), answerWithinMs);
      const done = (answer: RegisterAnswer): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      giveUp = () => done('no-answer');
      const answered = (response: { readonly message: { readonly statusCode?: number | undefined } }): void =>
        done(response.message.statusCode ?? 'no-answer');
      registerer
        .register({ requestDelegate: { onAccept: answered, onReject: answered, onRedirect: answered } })
        // Refused while another REGISTER is still out (RFC 3261 section 10.2): that one will be left behind.
        .catch(() => done('no-answer'));
    });

  return {
    register: async () => {
      const answer = await ask(current ?? renew());
      // One that never got its answer may not ask again before its transaction times out: a fresh one may.
      if (answer === 'no-answer') current = undefined;
      return answer;
    },
    giveUp: () => giveUp?.(),
    unregister: async () => {
      const registerer = current;
      if (registerer?.state !== RegistererState.Registered) return;
      current = undefined;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        const done = (): void => {
          clearTimeout(timer);
          resolve();
        };
        registerer.unregister({ requestDelegate: { onAccept: done, onReject: done, onRedirect: done } }).catch(done);
      });
    },
  };
};
