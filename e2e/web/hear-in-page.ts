import type { Page } from 'playwright-core';
import type { Samples } from '../audio/wav.ts';

/** What the far end of the page's calls says, as the browser records it: a busy page loses none of it. */
interface FarEnd {
  recorder: MediaRecorder | undefined;
  beganAt: number;
  readonly pieces: Blob[];
}

declare global {
  interface Window {
    readonly farEnd: FarEnd;
  }
}

/** Put into the page before its own scripts. */
const tapFarEnd = (): void => {
  const farEnd: FarEnd = { recorder: undefined, beganAt: 0, pieces: [] };
  Object.assign(window, { farEnd });
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        const recorder = new MediaRecorder(new MediaStream([track]), { audioBitsPerSecond: 128_000 });
        recorder.addEventListener('dataavailable', ({ data }) => farEnd.pieces.push(data));
        recorder.addEventListener('start', () => {
          farEnd.beganAt = performance.now();
        });
        farEnd.recorder = recorder;
        recorder.start();
      });
    }
  };
};

/** To be called before the page is opened. */
export const listenInPage = (page: Page): Promise<unknown> => page.addInitScript(tapFarEnd);

/** Since the first sound of the far end was recorded. */
export const secondsHeard = (page: Page): Promise<number> =>
  page.evaluate(() => (window.farEnd.beganAt === 0 ? 0 : (performance.now() - window.farEnd.beganAt) / 1_000));

/** Ends the recording; all of it, at 8 kHz. */
export const heardInPage = async (page: Page): Promise<Samples> =>
  Float32Array.from(
    await page.evaluate(async () => {
      const { recorder, pieces } = window.farEnd;
      // A recorder ends by itself with the track, and then has its last piece already.
      if (recorder && recorder.state !== 'inactive') {
        const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
        recorder.stop();
        await stopped;
      }
      const bytes = await new Blob(pieces).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 1, 8_000).decodeAudioData(bytes);
      return [...sound.getChannelData(0)];
    }),
  );
