/** Plays streams on one output device that can be changed while they play. */
export interface Speaker {
  readonly playOn: (deviceId: string | null) => void;
  readonly setVolume: (volume: number) => void;
  /** Returns the function that stops it. */
  readonly play: (stream: MediaStream) => () => void;
}

export const createSpeaker = (): Speaker => {
  const elements = new Set<HTMLAudioElement>();
  let device = '';
  let volume = 1;

  const route = async (element: HTMLAudioElement): Promise<void> => {
    try {
      await element.setSinkId(device);
    } catch {
      // The chosen device is not plugged in: the system's default is heard, which is better than nothing.
      await element.setSinkId('').catch(() => undefined);
    }
  };
  // A device that comes back is taken up again.
  navigator.mediaDevices.addEventListener('devicechange', () => {
    for (const element of elements) void route(element);
  });

  return {
    playOn: (deviceId) => {
      device = deviceId ?? '';
      for (const element of elements) void route(element);
    },
    setVolume: (wanted) => {
      volume = wanted;
      for (const element of elements) element.volume = wanted;
    },
    play: (stream) => {
      const element = new Audio();
      // In the document, newest first, where a test of what the agent hears finds it.
      document.body.prepend(element);
      elements.add(element);
      element.volume = volume;
      element.srcObject = stream;
      // `play` is refused when the stream ends before it began: the call is over, and so is this.
      void route(element).then(() => element.play().catch(() => undefined));
      return () => {
        elements.delete(element);
        element.pause();
        element.srcObject = null;
        element.remove();
      };
    },
  };
};
