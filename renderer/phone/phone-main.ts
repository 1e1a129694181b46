import type { Settings, Session as SignedIn } from '../../contract/ipc.ts';
import type { PhoneSnapshot } from '../../contract/phone.ts';
import { announcementClips } from '../../domain/announcement/clips.ts';
import { bridge } from '../app/bridge.ts';
import { loadAnnouncement } from './announcement/load-announcement.ts';
import { createMicrophone } from './audio/microphone.ts';
import { createMixer } from './audio/mixer.ts';
import { openContext } from './audio/open-context.ts';
import { createRinger } from './audio/ringer.ts';
import { createSpeaker } from './audio/speaker.ts';
import { createCalls } from './call/calls.ts';
import { mediaHandlerFactory } from './call/media-handler.ts';
import { createLine, type Line } from './line/line.ts';

/** The softphone, put together: it lives as long as its window, which nothing ever reloads. */
const startPhone = async (): Promise<void> => {
  let settings: Settings = await bridge.request('settings.read', undefined);
  let signedIn: SignedIn | null = null;
  let registration: PhoneSnapshot['registration'] = { state: 'off' };
  let fault: PhoneSnapshot['fault'] = null;

  const context = openContext();
  const mixer = createMixer(context);
  const speaker = createSpeaker();
  const ringSpeaker = createSpeaker();
  const ringer = createRinger(context, ringSpeaker);
  speaker.play(mixer.monitor);

  let publishing = false;
  /** Tells the desk at most once a turn, whatever happened in it. */
  const changed = (): void => {
    if (calls.ringing()) ringer.start();
    else ringer.stop();
    if (publishing) return;
    publishing = true;
    queueMicrotask(() => {
      publishing = false;
      void bridge.request('phone.publish', { registration, fault, calls: [...calls.views()] });
    });
  };

  const microphone = createMicrophone({
    onStream: mixer.feedFrom,
    onFault: (found) => {
      fault = found;
      changed();
    },
  });

  const calls = createCalls({
    mixer,
    speaker,
    line: () => line,
    loadAnnouncement: (language) =>
      loadAnnouncement(
        bridge,
        context,
        announcementClips(signedIn?.person.staffNumber ?? '', language, { sayYao: settings.sayYao }),
      ),
    onChange: changed,
  });

  const line: Line = createLine({
    fetchAccount: () => bridge.request('phone.account', undefined),
    mediaFactory: (iceServers) => mediaHandlerFactory(iceServers, calls.outgoing),
    onInvitation: calls.receive,
    onRestored: calls.takeUpAgain,
    onMoved: calls.abandonAll,
    onChange: (now) => {
      registration = now;
      changed();
    },
    chance: Math.random,
  });

  const takeSettings = (now: Settings): void => {
    settings = now;
    speaker.playOn(now.speaker);
    ringSpeaker.playOn(now.ringDevice);
    ringSpeaker.setVolume(now.ringVolume);
    if (signedIn !== null) void microphone.open(now.microphone);
  };

  const signOut = async (): Promise<void> => {
    calls.hangUpAll();
    microphone.close();
    await line.stop();
  };

  const takeSession = async (now: SignedIn | null): Promise<void> => {
    const before = signedIn;
    signedIn = now;
    if (before !== null && before.person.staffNumber !== now?.person.staffNumber) await signOut();
    if (signedIn !== now || now === null) return;
    void microphone.open(settings.microphone);
    if (before === null) calls.forgetEnded();
    line.start();
    if (before?.offline === true && !now.offline && !line.isRegistered()) line.renew();
  };

  bridge.on('settings.changed', takeSettings);
  bridge.on('session.changed', (now) => void takeSession(now));
  bridge.on('system.resumed', line.renew);
  window.addEventListener('online', line.renew);
  bridge.on('phone.commanded', (command) => {
    if (command.type !== 'test-ring') return calls.execute(command);
    ringer.start();
    setTimeout(() => calls.ringing() || ringer.stop(), testRingMs);
  });

  takeSettings(settings);
  changed();
  await takeSession(await bridge.request('session.read', undefined));
};

const testRingMs = 2000;

await startPhone();
