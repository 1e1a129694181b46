import type { PhoneSnapshot } from '../../../contract/phone.ts';

type Fault = PhoneSnapshot['fault'];

export interface Microphone {
  /** Opens the wanted device (null: the system's default), or the default where it is not there. Called again to change. */
  readonly open: (deviceId: string | null) => Promise<void>;
  readonly close: () => void;
}

export interface MicrophoneParts {
  readonly onStream: (stream: MediaStream | undefined) => void;
  readonly onFault: (fault: Fault) => void;
}

/**
 * Keeps a microphone open from sign-in to sign-out, so that an answer need not wait for it, and follows
 * headsets that are plugged in and out.
 */
export const createMicrophone = (parts: MicrophoneParts): Microphone => {
  /** `undefined` while signed out. */
  let wanted: string | null | undefined;
  let stream: MediaStream | undefined;
  /** Openings overlap when devices change fast; only the last one counts. */
  let latest = 0;

  const release = (): void => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
  };

  const reopen = async (): Promise<void> => {
    const turn = ++latest;
    const opened = await capture(wanted ?? null);
    if (turn !== latest) {
      for (const track of opened.stream?.getTracks() ?? []) track.stop();
      return;
    }
    const before = stream;
    stream = opened.stream;
    // The new one feeds the mixer before the old one stops: a talk goes on without a gap.
    parts.onStream(stream);
    for (const track of before?.getTracks() ?? []) track.stop();
    for (const track of stream?.getTracks() ?? []) track.addEventListener('ended', () => void follow());
    parts.onFault(opened.fault);
  };

  /** After a change of devices: does the one in use live, and is it the one wanted? */
  const follow = async (): Promise<void> => {
    if (wanted === undefined) return;
    const track = stream?.getAudioTracks()[0];
    const devices = await navigator.mediaDevices.enumerateDevices();
    const wantedIsThere = devices.some((device) => device.kind === 'audioinput' && device.deviceId === wanted);
    const wantedIsOpen = track?.getSettings().deviceId === wanted;
    if (track?.readyState !== 'live' || (wantedIsThere && !wantedIsOpen)) await reopen();
  };
  navigator.mediaDevices.addEventListener('devicechange', () => void follow());

  return {
    open: async (deviceId) => {
      if (wanted === deviceId && stream !== undefined) return;
      wanted = deviceId;
      await reopen();
    },
    close: () => {
      latest += 1;
      wanted = undefined;
      parts.onStream(undefined);
      release();
      parts.onFault(null);
    },
  };
};

const capture = async (
  deviceId: string | null,
): Promise<{ readonly stream: MediaStream | undefined; readonly fault: Fault }> => {
  const asked = deviceId === null ? [{}] : [{ deviceId: { exact: deviceId } }, {}];
  let fault: Fault = 'no-microphone';
  for (const device of asked) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        // Headsets stand at one distance: gain control would only lift the noise of the floor between words.
        audio: { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: false, channelCount: 1 },
      });
      return { stream, fault: null };
    } catch (error) {
      fault = error instanceof DOMException && error.name === 'NotAllowedError' ? 'microphone-denied' : 'no-microphone';
    }
  }
  return { stream: undefined, fault };
};
