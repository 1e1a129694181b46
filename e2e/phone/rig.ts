import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallView, PhoneSnapshot } from '../../contract/phone.ts';
import { createMediaEngine } from '../../server/telephony/embedded/media/media-engine.ts';
import type { MediaEngine, MediaLeg } from '../../server/telephony/embedded/media/media-leg.ts';
import { freeTcpPort } from '../stage/free-port.ts';
import { type ScriptedCall, ScriptedSwitch } from './scripted-switch.ts';
import { type StagedPhone, stagePhone } from './stage-phone.ts';

const root = join(import.meta.dirname, '../..');
export const prompts = join(root, 'build/prompts');

/** A caller, as far as the phone can tell. */
export interface Caller {
  readonly call: ScriptedCall;
  readonly leg: MediaLeg;
}

/** The phone's page, registered with a scripted switch whose media are the product's own. */
export interface Rig {
  readonly phone: StagedPhone;
  readonly theSwitch: ScriptedSwitch;
  readonly media: MediaEngine;
  /** A folder for recordings, gone with the rig. */
  readonly folder: string;
  readonly openLeg: () => Promise<MediaLeg>;
  readonly ring: (headers?: Readonly<Record<string, string>>) => Promise<Caller>;
  /** Answers the call that rings; resolves with the time of the ACK. */
  readonly answer: (caller: Caller) => Promise<number>;
  /** Agrees to what a re-INVITE of the phone offers. */
  readonly agree: (caller: Caller) => Promise<{ readonly offer: string }>;
  readonly phase: (wanted: CallView['phase']) => Promise<CallView>;
  readonly registered: () => Promise<PhoneSnapshot>;
  /** Hangs up whatever a test left: the next one begins with a free line. */
  readonly clear: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const hints = (language: 'zh' | 'en') => ({
  'X-Zuoxi-Contact': 'contact-1',
  'X-Zuoxi-Caller': '13900001111',
  'X-Zuoxi-Service': '180',
  'X-Zuoxi-Language': language,
  'X-Zuoxi-Waited': '12',
});

export const going = (now: PhoneSnapshot): readonly CallView[] => now.calls.filter((call) => call.phase !== 'ended');

export const lastCall = (now: PhoneSnapshot): CallView => {
  const call = now.calls.at(-1);
  if (call === undefined) throw new Error('no call');
  return call;
};

export const startRig = async (): Promise<Rig> => {
  const folder = await mkdtemp(join(tmpdir(), 'zuoxi-phone-test-'));
  const theSwitch = new ScriptedSwitch(await freeTcpPort());
  const media = createMediaEngine({
    bindAddress: '127.0.0.1',
    rtpPorts: { first: 42_000, last: 42_099 },
    promptFolders: [prompts],
    latchSources: true,
    warn: () => undefined,
  });
  const phone = await stagePhone({
    staffNumber: '1001',
    account: async () => ({
      webSocketUrl: theSwitch.url,
      webSocketPath: '/',
      domain: '127.0.0.1',
      username: '1001',
      password: 'x',
      iceServers: [],
    }),
    microphoneFile: join(root, 'e2e/voices/agent.wav'),
    promptFolder: prompts,
  });

  const phase: Rig['phase'] = async (wanted) =>
    lastCall(await phone.until(wanted, (now) => now.calls.at(-1)?.phase === wanted));
  const registered: Rig['registered'] = () =>
    phone.until('registered', (now) => now.registration.state === 'registered');
  const openLeg: Rig['openLeg'] = async () => must(await media.openLeg('webrtc'));

  await registered();
  return {
    phone,
    theSwitch,
    media,
    folder,
    openLeg,
    phase,
    registered,
    ring: async (headers = hints('zh')) => {
      const leg = await openLeg();
      const call = theSwitch.invite(await leg.createOffer(), headers);
      await call.response(180);
      await phase('ringing');
      return { call, leg };
    },
    answer: async ({ call, leg }) => {
      await phone.command({ type: 'answer', call: (await phase('ringing')).id });
      must(await leg.acceptAnswer((await call.response(200)).body));
      call.request('ACK');
      return Date.now();
    },
    agree: async ({ call, leg }) => {
      const asked = await call.requested('INVITE');
      theSwitch.respond(asked, 200, [], must(await leg.acceptOffer(asked.body)));
      return { offer: asked.body };
    },
    clear: async () => {
      for (const call of going(phone.snapshot())) await phone.command({ type: 'hang-up', call: call.id });
      await phone.until('no call', (now) => going(now).length === 0);
    },
    close: async () => {
      await phone.close();
      await theSwitch.close();
      await media.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const must = <Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: string },
): Value => {
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
